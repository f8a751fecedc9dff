/** `npm run -s mou -- COMMAND FILE ...`: the command line in a checkout, in plain Node; only a PDF starts Electron. */
import { runCli } from '../db/cli.ts';

process.exitCode = await runCli(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  printPdf: async (report) => {
    const { printReport } = await import('./printReport.mjs');
    return printReport(report);
  },
});
