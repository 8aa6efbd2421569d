using VffNetlink.Generic;
using VffNetlink.Testing;
using VffNetlink.Uapi;

namespace VffNetlink.Tests.Generic;

[Trait("Category", "Kernel")]
public sealed class GenericKernelTests : IDisposable
{
    private const byte ChannelsOfStrings = 1; // ETHTOOL_MSG_STRSET_GET
    private const ushort NestFlag = 0x8000;

    private readonly NetworkNamespace _ns;
    private readonly GenericClient _client;

    public GenericKernelTests()
    {
        Requires.Namespaces();
        _ns = NetworkNamespace.Create();
        _client = GenericClient.Open(new NetlinkSocketOptions { Namespace = _ns });
    }

    private enum ETHTOOL_A : ushort
    {
        HEADER = 1,
    }

    private enum ETHTOOL_A_HEADER : ushort
    {
        DEV_INDEX = 1,
        DEV_NAME = 2,
    }

    public void Dispose()
    {
        _client.Dispose();
        _ns.Dispose();
    }

    [Fact]
    public void The_Family_Of_Families_Tells_Of_Itself()
    {
        var control = _client.GetFamily("nlctrl");
        Assert.Equal(((ushort)GENL_ID.GENL_ID_CTRL, (byte)2, 0u), (control.Id, control.Version, control.HeaderSize));
        var get = Assert.Single(control.Operations, static o => o.Command == (uint)CTRL_CMD.CTRL_CMD_GETFAMILY);
        Assert.Equal(GENL.GENL_CMD_CAP_DO | GENL.GENL_CMD_CAP_DUMP, get.Flags & (GENL.GENL_CMD_CAP_DO | GENL.GENL_CMD_CAP_DUMP | GENL.GENL_ADMIN_PERM));
        Assert.Equal("notify", Assert.Single(control.Groups).Name);
        Assert.Equal(control.Groups[0].Id, control.FindGroup("notify"));
        Assert.Null(control.FindGroup("no-such-group"));
    }

    [Fact]
    public void Every_Family_Of_The_Dump_Is_Found_By_Its_Name()
    {
        var families = _client.GetFamilies();
        Assert.Contains(families, static f => f.Name == "nlctrl");
        Assert.Equal(families.Count, families.Select(static f => f.Id).Distinct().Count());
        foreach (var family in families)
        {
            var found = _client.GetFamily(family.Name);
            Assert.Equal((family.Id, family.Version, family.HeaderSize, family.MaximumAttribute), (found.Id, found.Version, found.HeaderSize, found.MaximumAttribute));
            Assert.Equal(family.Operations, found.Operations);
            Assert.Equal(family.Groups, found.Groups);
        }
    }

    [Fact]
    public void Families_That_The_Witness_Lists_Are_Those_Found()
    {
        Requires.Tool("genl");
        var listed = Witness.Run(_ns, "genl", "ctrl list").Split('\n').Where(static l => l.StartsWith("Name: ", StringComparison.Ordinal)).Select(static l => l[6..].Trim()).Order(StringComparer.Ordinal);
        Assert.Equal(listed, _client.GetFamilies().Select(static f => f.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Missing_Family_Is_Null_Or_Told()
    {
        Assert.Null(_client.FindFamily("no-such-family"));
        Assert.False(_client.TryGetFamily("no-such-family", out _, out var error));
        Assert.Equal(Errno.ENOENT, error.Number);
        Assert.StartsWith("CTRL_CMD_GETFAMILY no-such-family: ENOENT", Assert.Throws<NetlinkException>(() => _client.GetFamily("no-such-family")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => _client.FindFamily("a-name-of-sixteen"));
        Assert.Throws<ArgumentException>(() => _client.FindFamily("a\0b"));
    }

    [Fact]
    public void Any_Family_Is_Spoken_To()
    {
        var family = _client.FindFamily("ethtool");
        Requires.Kernel(family is not null, "ethtool netlink");
        var names = new List<string>();
        using (var replies = _client.Exchange(AskForStrings(family!, NLM_F.NLM_F_DUMP, null)))
        {
            while (replies.MoveNext())
                names.Add(NameOf(replies.Current));
            Assert.True(replies.Error.IsSuccess, replies.Error.ToString());
        }

        Assert.Equal(["lo"], names);

        var space = AttributeSpace.Of<genlmsghdr, ETHTOOL_A>((ETHTOOL_A.HEADER, AttributeSpace.Of<ETHTOOL_A_HEADER>()));
        Assert.False(_client.TryRequest(AskForStrings(family!, NLM_F.NONE, "no-such-link"), space, out var error));
        Assert.Equal((Errno.ENODEV, "HEADER/DEV_NAME"), (error.Number, error.Attribute));
        var refused = Assert.Throws<NetlinkException>(() => _client.Request(AskForStrings(family!, NLM_F.NONE, "no-such-link"), "ETHTOOL_MSG_STRSET_GET no-such-link", space));
        Assert.StartsWith("ETHTOOL_MSG_STRSET_GET no-such-link: ENODEV", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Requests_Go_Out_In_A_Batch()
    {
        var control = _client.GetFamily("nlctrl");
        var batch = new NetlinkBatch();
        foreach (var name in (string[])["nlctrl", "no-such-family", "nlctrl"])
        {
            var message = batch.Begin(control.Id, NLM_F.NONE);
            control.PutHeader<CTRL_ATTR>(message, (byte)CTRL_CMD.CTRL_CMD_GETFAMILY).PutString(CTRL_ATTR.CTRL_ATTR_FAMILY_NAME, name);
            batch.Commit(message);
        }

        var sink = new Answers([], []);
        Assert.Equal(new BatchResult(3, 1, false), _client.Send(batch, ref sink));
        Assert.Equal([(0, "nlctrl"), (2, "nlctrl")], sink.Found);
        Assert.Equal([(1, Errno.ENOENT)], sink.Refusals);
    }

    private static byte[] AskForStrings(GenericFamily family, NLM_F flags, string? name)
    {
        var message = MessageWriter.Begin(new byte[128], family.Id, flags);
        var attributes = family.PutHeader<ETHTOOL_A>(message, ChannelsOfStrings);
        using (var header = attributes.NestFlagged<ETHTOOL_A_HEADER>(ETHTOOL_A.HEADER))
        {
            if (name is not null)
                header.PutString(ETHTOOL_A_HEADER.DEV_NAME, name);
        }

        Assert.Equal(NestFlag, BitConverter.ToUInt16(message.Message[22..]) & NestFlag);
        return message.Message.ToArray();
    }

    private static string NameOf(scoped in NetlinkMessage message)
    {
        Assert.True(message.Attributes<genlmsghdr, ETHTOOL_A>().TryFind(ETHTOOL_A.HEADER, out var header));
        Assert.True(header.Nested<ETHTOOL_A_HEADER>().TryFind(ETHTOOL_A_HEADER.DEV_NAME, out var name));
        return name.ReadString();
    }

    private readonly struct Answers(List<(int, string)> found, List<(int, int)> refusals) : IBatchSink
    {
        public List<(int, string)> Found { get; } = found;

        public List<(int, int)> Refusals { get; } = refusals;

        public void Reply(int index, scoped in NetlinkMessage message) => Found.Add((index, GenericFamily.Read(message).Name));

        public void Refused(int index, in NetlinkError error) => Refusals.Add((index, error.Number));
    }
}
