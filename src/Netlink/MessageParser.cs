namespace VffNetlink;

/// <summary>Makes an object of a message; null leaves the message out. The view is valid during the call.</summary>
public delegate T? MessageParser<out T>(scoped in NetlinkMessage message);
