/** Persons and bodies: who owns and who leads, and how to reach them. */
export const people = {
  title: 'People',
  persons: 'Persons',
  bodies: 'Bodies',
  findPersons: 'Find a person',
  findBodies: 'Find a body',
  emptyPersons: 'Nobody is listed yet. Add the first person here, or assign an owner by name in the register.',
  emptyBodies: 'No body is listed yet. Add the first one.',
  noMatch: 'Nobody here is called that.',

  addPerson: 'Add a person',
  addBody: 'Add a body',
  nameOfNew: 'Name',
  add: 'Add',

  name: 'Name',
  shortName: 'Short name',
  post: 'Post',
  body: 'Body',
  side: 'Side',
  email: 'E-mail',
  phone: 'Phone',
  owns: 'Owns',
  leads: 'Leads',
  actions: 'Delete',

  write: 'write',
  choose: 'choose',
  none: '–',
  noSide: 'Neither side',
  noBody: 'None',
  findBody: 'Find a body, or type a new name',
  newBody: 'New body “{{name}}”',
  fieldOf: '{{field}} of {{name}}',

  ownsCount_one: '{{name}} owns {{count}} instrument: show it in the register',
  ownsCount_other: '{{name}} owns {{count}} instruments: show them in the register',
  leadsCount_one: '{{name}} leads {{count}} instrument: show it in the register',
  leadsCount_other: '{{name}} leads {{count}} instruments: show them in the register',

  delete: 'Delete',
  deleteOf: 'Delete {{name}}',
  deletePerson: 'Delete {{name}}?',
  deleteBody: 'Delete {{name}}?',
  ownsNothing: 'No instrument names this person.',
  ownsSome_one:
    '{{count}} instrument names this person as its owner. It keeps the entry as “Removed person” until somebody else is assigned.',
  ownsSome_other:
    '{{count}} instruments name this person as their owner. They keep the entry as “Removed person” until somebody else is assigned.',
  leadsNothing: 'No instrument names this body as its lead.',
  leadsSome_one:
    '{{count}} instrument names this body as its lead. It keeps the entry as “Removed body” until another is chosen.',
  leadsSome_other:
    '{{count}} instruments name this body as their lead. They keep the entry as “Removed body” until another is chosen.',
  members_one: '{{count}} person belongs to it.',
  members_other: '{{count}} persons belong to it.',
  deleted: 'Deleted {{name}}.',
};
