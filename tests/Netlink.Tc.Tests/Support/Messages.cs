namespace VffNetlink.Tc.Tests.Support;

/// <summary>Reads bytes as messages.</summary>
internal static class Messages
{
    /// <summary>The one message of a datagram.</summary>
    public static NetlinkMessage Only(ReadOnlySpan<byte> datagram)
    {
        var reader = new MessageReader(datagram);
        Assert.True(reader.MoveNext());
        return reader.Current;
    }
}
