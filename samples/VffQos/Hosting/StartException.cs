namespace VffQos.Hosting;

/// <summary>Why the program cannot do what was asked, in one sentence that also says how to mend it. The exit code is 2.</summary>
internal sealed class StartException : Exception
{
    /// <summary>The sentence.</summary>
    public StartException(string message)
        : base(message)
    {
    }

    /// <summary>The sentence, and what led to it.</summary>
    public StartException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>For analyzers.</summary>
    public StartException()
    {
    }
}
