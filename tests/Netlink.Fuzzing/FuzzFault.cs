using System.Globalization;

namespace VffNetlink.Fuzzing;

/// <summary>A message that a reader did not take as it must: with values, or with <see cref="NetlinkFormatException"/>.</summary>
/// <param name="Seed">Of the run.</param>
/// <param name="Number">Of the message; -1 for one that was given.</param>
/// <param name="Reader">Which reader.</param>
/// <param name="Message">The datagram.</param>
/// <param name="What">What happened.</param>
internal sealed record FuzzFault(ulong Seed, long Number, string Reader, byte[] Message, string What)
{
    /// <summary>All that one needs to see it again.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Reader}, message {Number} of seed {Seed}, --reader {Reader} --replay {Convert.ToHexStringLower(Message)}\n{What}");
}
