using System.Text;
using System.Text.Json;
using VffNetlink;
using VffNetlink.Conntrack;
using VffNetlink.Testing;
using VffNetlink.Testing.Conntrack;
using VffNetlink.Uapi;
using Vffnl.Conntrack;
using Vffnl.Output;

namespace Vffnl.Tests.Conntrack;

/// <summary>Flows that other kernels sent, with attributes that this one may lack (DCCP, security contexts, times of events), told as a witness in C tells the same bytes.</summary>
public sealed class CapturedFlowsTests
{
    [Theory]
    [InlineData("flows-6.18.txt")]
    [InlineData("flows-6.12.txt")]
    [InlineData("flow-events-6.18.txt")]
    [InlineData("flow-events-6.12.txt")]
    public void Every_Field_Is_What_A_Witness_In_C_Reads(string name)
    {
        List<byte[]> messages = [.. Golden.Load(name).Where(static m => BitConverter.ToUInt16(m, 4) != (ushort)NLMSG.NLMSG_DONE)];
        using var witness = new FlowWitness();
        var theirs = witness.Read(messages);
        Assert.Equal(messages.Count, theirs.Count);
        for (var i = 0; i < messages.Count; i++)
        {
            using var json = JsonDocument.Parse(Told(messages[i]));
            Assert.Equal(theirs[i].Order(StringComparer.Ordinal), FlowJsonLines.Of(json.RootElement).Order(StringComparer.Ordinal));
        }
    }

    private static string Told(byte[] bytes)
    {
        using var output = new MemoryStream();
        Reports.One(output, isJson: true, report =>
        {
            foreach (var message in new MessageReader(bytes))
                FlowFields.Write(report, FlowView.Read(message));
        });
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
