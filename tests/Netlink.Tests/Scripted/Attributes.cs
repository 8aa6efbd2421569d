namespace VffNetlink.Tests.Scripted;

/// <summary>The attributes of a family that the tests made up.</summary>
internal enum OUTER : ushort
{
    OUTER_UNSPEC,
    OUTER_NUMBER,
    OUTER_KIND,
    OUTER_DATA,
    OUTER_NEST,
    OUTER_OTHER_NEST,
    OUTER_HEADED,
}

/// <summary>Inside <see cref="OUTER.OUTER_NEST"/>, to any depth.</summary>
internal enum INNER : ushort
{
    INNER_UNSPEC,
    INNER_NUMBER,
    INNER_NEST,
}

/// <summary>Inside <see cref="OUTER.OUTER_DATA"/> of the kind "red".</summary>
internal enum RED : ushort
{
    RED_UNSPEC,
    RED_SIZE,
    RED_INNER,
}

/// <summary>Inside <see cref="OUTER.OUTER_DATA"/> of the kind "blue".</summary>
internal enum BLUE : ushort
{
    BLUE_UNSPEC,
    BLUE_RATE,
    BLUE_INNER,
}
