using VffNetlink.Events;
using VffNetlink.Testing;
using VffNetlink.Tests.Scripted;
using VffNetlink.Uapi;

namespace VffNetlink.Tests.Events;

/// <summary>What the kernel does to routes behind the back of whoever watches them.</summary>
public class RouteTableTests
{
    [Fact]
    public void A_Dump_Waits_For_The_Change_That_Was_Told_Of()
    {
        var kernel = new ScriptedTransport();
        using var socket = new NetlinkSocket(kernel);
        kernel.OnSend = sent => kernel.Reply(TypeOf(sent) == RTM.RTM_GETLINK ? ScriptedTransport.Ack(sent, 0) : Script.Done(ScriptedTransport.SequenceOf(sent)));
        Assert.Empty(new RouteTable().Dump(socket, TestContext.Current.CancellationToken));
        // To tell of a link the kernel needs the lock that it changes routes under; to dump routes it does not.
        Assert.Equal([RTM.RTM_GETLINK, RTM.RTM_GETROUTE, RTM.RTM_GETROUTE], kernel.Sent.Select(TypeOf));
    }

    [Theory]
    [InlineData((ushort)RTM.RTM_DELNEXTHOP, NLM_F.NONE, TableEvent.Stale)]
    [InlineData((ushort)RTM.RTM_NEWNEXTHOP, NLM_F.NLM_F_REPLACE, TableEvent.Stale)]
    [InlineData((ushort)RTM.RTM_NEWNEXTHOP, NLM_F.NLM_F_CREATE, TableEvent.None)] // no route can use it yet
    public void Nexthop_Objects_Take_Routes_Along(ushort type, NLM_F flags, TableEvent expected)
    {
        var table = new RouteTable();
        Assert.Contains((uint)RTNLGRP.RTNLGRP_NEXTHOP, table.Groups);
        var messages = new MessageReader(ScriptedTransport.Message(type, flags, 0, new byte[8]));
        Assert.True(messages.MoveNext());
        Assert.Equal(expected, table.Read(messages.Current, out _));
    }

    private static RTM TypeOf(byte[] message) => (RTM)BitConverter.ToUInt16(message, 4);
}
