using Microsoft.Win32.SafeHandles;
using Vffnl.Cli;

// A stream that fails where nobody reads a pipe any more, which the console's does not. Only the console's shares the place in a file with
// other programs.
using var pipe = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
using var file = pipe.CanSeek ? Console.OpenStandardOutput() : null;
return CommandLine.Run(args, new Terminal(file ?? pipe, Console.Error));
