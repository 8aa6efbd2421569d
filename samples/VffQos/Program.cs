Console.Error.WriteLine("vffqos: this build has no commands yet.");
return 2;
