using VffNetlink.Fuzzing.Cli;

return FuzzCommand.Run(args, Console.Error);
