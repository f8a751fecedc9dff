/** The help inside the program: what it does today, in the words of the screen. */
export const help = {
  title: 'Help',
  does: {
    title: 'What this program is for',
    text: 'It keeps a committee’s instruments in one file: who owns each of them on either side, what is due when, how far it is, what was agreed, and who changed what. It works without a network; nothing leaves this computer unless you give a file away.',
  },
  saving: {
    title: 'Saving and taking back',
    text: 'Every change is in the file as soon as the title bar says so; there is nothing to save by hand. Ctrl+Z takes back the last change, “Take back” on the page Activity any earlier one. Taking back is a change of its own and can be taken back, too.',
    draft: 'A note that was begun and not added stays on this computer until it is.',
  },
  health: {
    title: 'How health is found',
    text: 'What is implemented or closed is on track. Of everything else the program asks in this order; the first that is true counts.',
    why: '“why?” beside the health of an instrument gives the reasons for just that one.',
  },
  elapsed: {
    title: 'The mark for elapsed time',
    text: 'It shows how much of the time from the start to the deadline has passed: half ({{half}}%) or nine tenths ({{most}}%). Without a start, the day of signature counts. It says nothing about how well the work goes.',
  },
  data: {
    title: 'Where your data is',
    file: 'Everything is in the one file that you opened: {{folder}}, {{name}}.',
    noFile: 'Everything is in the one .mou file that you make or open.',
    copies:
      'To hand it on or to keep it safe, close it first and copy that file, or let a colleague work in a copy and merge it back with “Merge Another Copy” in the menu File.',
    conflicts:
      'Where two people wrote different things about one field, both are kept until somebody decides, on the page Sharing or where the field stands. There, too, is what copies made only together: a number given twice, or an owner whom somebody deleted meanwhile.',
    secondCopy:
      'If you open a copy of the file that is open, or drop it on the window, the program says what each of the two has and the other has not. You can merge it, only look at it, or let it take the place of yours; yours is then kept as a backup.',
    backups:
      'Once a day, before another copy is merged, and before a file is brought to a newer format, the program puts a whole copy aside on this computer, in {{folder}}.',
    encrypted:
      'A copy that came encrypted is merged as it is: the program asks for its passphrase, reads it in memory, and keeps neither.',
    damaged:
      'If a file cannot be read any more, the program shows what is left of it: backups on this computer, and what can still be read of the file itself. Choose one of them, or both together. The damaged file is kept beside it.',
    writer: 'One person writes in a file at a time. Whoever opens it meanwhile can read it, but not change it.',
  },
  keys: 'Keyboard',
};
