namespace VffQos.Sources.Xray;

/// <summary>Whether a log line names a user and the client's endpoint, and why not.</summary>
internal enum XrayLineVerdict : byte
{
    /// <summary>It does.</summary>
    Accepted,

    /// <summary>Not a line about an accepted or rejected connection: Xray's other messages, rubbish, a cut line.</summary>
    NotAccess,

    /// <summary>A connection that Xray refused.</summary>
    Rejected,

    /// <summary>Longer than <see cref="XrayLine.MaxLength"/>.</summary>
    Overlong,

    /// <summary>Control characters in the line, which Xray never writes.</summary>
    ControlCharacters,

    /// <summary>An accepted connection of nobody in particular: an inbound without users, or Xray's own DNS queries.</summary>
    NoUser,

    /// <summary>The user's name is longer than <see cref="Users.UserName.MaxLength"/> or is not UTF-8.</summary>
    BadUser,

    /// <summary>The client is no address with a port, or one that no packet can come from.</summary>
    BadClient,

    /// <summary>Xray hides the address (<c>log.maskAddress</c>): such a log can shape no one.</summary>
    MaskedClient,

    /// <summary>The connection comes from this host (loopback, a Unix socket): a proxy in front of Xray, which has no flow of the user's.</summary>
    LocalClient,
}
