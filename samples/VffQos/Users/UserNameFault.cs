namespace VffQos.Users;

/// <summary>Why a user's name is refused.</summary>
internal enum UserNameFault : byte
{
    /// <summary>It is not.</summary>
    None,

    /// <summary>No bytes at all.</summary>
    Empty,

    /// <summary>More than <see cref="UserName.MaxLength"/> bytes.</summary>
    TooLong,

    /// <summary>Bytes that are no UTF-8.</summary>
    NotUtf8,

    /// <summary>Control characters, which could steer the terminal that shows the name.</summary>
    ControlCharacters,
}
