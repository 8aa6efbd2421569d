using System.Runtime.CompilerServices;

namespace VffNetlink.Diagnostics;

/// <summary>Says what a request is about, behind its type's name: <c> htb on index 4</c>, with the space in front.</summary>
/// <param name="request">As it was sent; it may be malformed, and <see cref="NetlinkFormatException"/> is taken for the end of what can be said.</param>
/// <param name="text">Where it goes. What is put there must not allocate, for errors do not.</param>
public delegate void RequestWriter(scoped in NetlinkMessage request, scoped ref DefaultInterpolatedStringHandler text);
