using VffNetlink.Uapi;

namespace VffNetlink.Tests;

public class SocketFilterTests
{
    [Fact]
    public void Program_Is_What_The_Tools_List()
    {
        var program = new SocketFilterBuilder();
        var drop = program.NewLabel();
        program.LoadByte(5);
        program.UnlessEqual(1, drop);
        program.FindAttribute(20, 8);
        program.IfEqual(0, drop);
        program.EnterPayload();
        program.LoadPayloadWord(0);
        program.And(0xff);
        program.And(uint.MaxValue); // changes nothing, and is left out
        program.UnlessEqual(5, drop);
        program.Accept();
        program.Place(drop);
        program.Drop();
        Assert.Equal("15,48 0 0 5,21 1 0 1,5 0 0 11,0 0 0 20,1 0 0 8,32 0 0 4294963212,21 0 1 0,5 0 0 6,7 0 0 0,64 0 0 4,84 0 0 255,21 1 0 5,5 0 0 1,6 0 0 4294967295,6 0 0 0", program.Build().ToString());
    }

    [Fact]
    public void Program_That_Leads_Nowhere_Is_Refused()
    {
        Assert.Throws<InvalidOperationException>(() => new SocketFilterBuilder().Build());
        Assert.Throws<ArgumentException>(() => new SocketFilter([]));
        Assert.Throws<ArgumentException>(() => new SocketFilter(new sock_filter[SocketFilter.MaximumLength + 1]));

        var back = new SocketFilterBuilder();
        var label = back.NewLabel();
        back.Place(label);
        back.GoTo(label);
        back.Accept();
        Assert.Contains("ahead", Assert.Throws<InvalidOperationException>(() => back.Build()).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => back.Place(label));

        var missing = new SocketFilterBuilder();
        missing.GoTo(missing.NewLabel());
        missing.Accept();
        Assert.Throws<InvalidOperationException>(() => missing.Build());

        var behind = new SocketFilterBuilder();
        var end = behind.NewLabel();
        behind.IfEqual(0, end);
        behind.Place(end);
        Assert.Throws<InvalidOperationException>(() => behind.Build());
    }
}
