using VffNetlink.Uapi;

namespace VffNetlink.Generic;

/// <summary>One thing that can be asked of a family.</summary>
/// <param name="Command">The family's number for it.</param>
/// <param name="Flags">How it can be asked for, and by whom.</param>
public sealed record GenericOperation(uint Command, GENL Flags);
