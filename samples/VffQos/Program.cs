using VffQos.Cli;

return CommandLine.Run(args);
