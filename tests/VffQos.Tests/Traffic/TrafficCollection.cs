namespace VffQos.Tests.Traffic;

/// <summary>Traffic needs the machine for itself: these tests run one after another, and nothing beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class TrafficCollection
{
    public const string Name = "Traffic";
}
