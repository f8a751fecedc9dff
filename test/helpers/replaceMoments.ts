/** When a process that replaces a file is killed. */
export const MOMENTS = [
  /** Right after the backup. */
  'kept',
  /** After the record of the writer's name is gone. */
  'forgotten',
  /** When the copy's content stands in the file's place and nobody has been told. */
  'replaced',
] as const;
export type Moment = (typeof MOMENTS)[number];
