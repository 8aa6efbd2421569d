namespace VffNetlink.Conntrack;

/// <summary>How much a helper in user space may expect, for one class of expectations.</summary>
/// <param name="Name">The class's name, at most 15 bytes.</param>
/// <param name="MaximumExpectations">Of one flow; the kernel refuses (EINVAL) more than 255.</param>
/// <param name="Timeout">How long until an expectation is given up, in whole seconds.</param>
public sealed record HelperPolicy(string Name, uint MaximumExpectations, TimeSpan Timeout);
