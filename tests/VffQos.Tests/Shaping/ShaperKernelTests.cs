using VffQos.DataPlanes;
using VffQos.Lab;
using VffQos.Shaping;

namespace VffQos.Tests.Shaping;

[Trait("Category", "Kernel")]
public class ShaperKernelTests
{
    public static TheoryData<string> Planes => [nameof(DataPlaneKind.Maps), nameof(DataPlaneKind.Marks)];

    [Theory]
    [MemberData(nameof(Planes))]
    public void Smoke(string plane)
    {
        using var lab = new ShapingLab(Enum.Parse<DataPlaneKind>(plane));
        var before = lab.Everything();
        lab.With(shaper =>
        {
            TestContext.Current.SendDiagnosticMessage(string.Join('\n', shaper.Plan([ShapingLab.User(5)]).Changes));
            shaper.Converge([ShapingLab.User(5)]);
            TestContext.Current.SendDiagnosticMessage(lab.Everything());
            TestContext.Current.SendDiagnosticMessage(lab.Tc("-s class show dev wan0"));
            Assert.Empty(shaper.Plan([ShapingLab.User(5)]).Changes);
            Assert.True(shaper.Read().Redirects);
            shaper.Absent(_ => true);
        });
        Assert.Equal(before, lab.Everything());
    }
}
