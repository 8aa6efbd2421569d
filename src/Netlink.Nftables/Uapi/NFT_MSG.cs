namespace VffNetlink.Nftables.Uapi;

/// <summary>
/// <c>enum nf_tables_msg_types</c> of <c>linux/netfilter/nf_tables.h</c>: the low byte of a message's type; the high byte is
/// NFNL_SUBSYS_NFTABLES.
/// </summary>
public enum NFT_MSG : byte
{
    /// <summary>Make or change a table; also what a dump of tables brings.</summary>
    NFT_MSG_NEWTABLE,

    /// <summary>Get a table, or all.</summary>
    NFT_MSG_GETTABLE,

    /// <summary>Delete a table and all that is in it.</summary>
    NFT_MSG_DELTABLE,

    /// <summary>Make or change a chain.</summary>
    NFT_MSG_NEWCHAIN,

    /// <summary>Get a chain, or all.</summary>
    NFT_MSG_GETCHAIN,

    /// <summary>Delete a chain, or some of its devices.</summary>
    NFT_MSG_DELCHAIN,

    /// <summary>Make or replace a rule.</summary>
    NFT_MSG_NEWRULE,

    /// <summary>Get a rule, or those of a chain, of a table, or all.</summary>
    NFT_MSG_GETRULE,

    /// <summary>Delete a rule; without a handle all of a chain, without a chain all of a table.</summary>
    NFT_MSG_DELRULE,

    /// <summary>Make a set or a map.</summary>
    NFT_MSG_NEWSET,

    /// <summary>Get a set, or those of a table, or all.</summary>
    NFT_MSG_GETSET,

    /// <summary>Delete a set.</summary>
    NFT_MSG_DELSET,

    /// <summary>Add elements to a set.</summary>
    NFT_MSG_NEWSETELEM,

    /// <summary>Get elements of a set, some or all.</summary>
    NFT_MSG_GETSETELEM,

    /// <summary>Delete elements of a set; without a list, all.</summary>
    NFT_MSG_DELSETELEM,

    /// <summary>A generation; ends the notifications of a transaction.</summary>
    NFT_MSG_NEWGEN,

    /// <summary>Get the generation of the ruleset.</summary>
    NFT_MSG_GETGEN,

    /// <summary>A traced packet; notification only.</summary>
    NFT_MSG_TRACE,

    /// <summary>Make a stateful object.</summary>
    NFT_MSG_NEWOBJ,

    /// <summary>Get a stateful object, or all.</summary>
    NFT_MSG_GETOBJ,

    /// <summary>Delete a stateful object.</summary>
    NFT_MSG_DELOBJ,

    /// <summary>Get a stateful object and reset it.</summary>
    NFT_MSG_GETOBJ_RESET,

    /// <summary>Make a flowtable.</summary>
    NFT_MSG_NEWFLOWTABLE,

    /// <summary>Get a flowtable, or all.</summary>
    NFT_MSG_GETFLOWTABLE,

    /// <summary>Delete a flowtable.</summary>
    NFT_MSG_DELFLOWTABLE,

    /// <summary>Get rules and reset their counters and quotas (Linux 6.2).</summary>
    NFT_MSG_GETRULE_RESET,

    /// <summary>Delete a table that need not exist (Linux 6.3).</summary>
    NFT_MSG_DESTROYTABLE,

    /// <summary>Delete a chain that need not exist (Linux 6.3).</summary>
    NFT_MSG_DESTROYCHAIN,

    /// <summary>Delete a rule that need not exist (Linux 6.3).</summary>
    NFT_MSG_DESTROYRULE,

    /// <summary>Delete a set that need not exist (Linux 6.3).</summary>
    NFT_MSG_DESTROYSET,

    /// <summary>Delete elements that need not exist (Linux 6.3).</summary>
    NFT_MSG_DESTROYSETELEM,

    /// <summary>Delete an object that need not exist (Linux 6.3).</summary>
    NFT_MSG_DESTROYOBJ,

    /// <summary>Delete a flowtable that need not exist (Linux 6.3).</summary>
    NFT_MSG_DESTROYFLOWTABLE,

    /// <summary>Get elements and reset their counters and quotas (Linux 6.5).</summary>
    NFT_MSG_GETSETELEM_RESET,
}
