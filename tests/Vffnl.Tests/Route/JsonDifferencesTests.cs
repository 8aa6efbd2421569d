namespace Vffnl.Tests.Route;

/// <summary>The comparison itself, which must not let anything pass.</summary>
public sealed class JsonDifferencesTests
{
    [Theory]
    [InlineData("""[{"a":1}]""", """[{"a":1}]""", """[{"a":1}]""")]
    [InlineData("""[{"t":3.00}]""", """[{"t":2.50}]""", """[{"t":2.00}]""")]
    [InlineData("""[{"s":"x"}]""", """[{"s":"y"}]""", """[{"s":"y"}]""")]
    [InlineData("""[{"a":1,"tentative":true}]""", """[{"a":1}]""", """[{"a":1}]""")]
    public void What_Was_Or_Is_There_Is_Equal(string before, string told, string after) => Assert.Empty(JsonDifferences.Between(before, told, after));

    [Theory]
    [InlineData("""[{"a":1}]""", """[{"a":2}]""", ".a")]
    [InlineData("""[{"a":1}]""", """[{"a":"1"}]""", ".a")]
    [InlineData("""[{"a":null}]""", """[{"a":false}]""", ".a")]
    [InlineData("""[{"a":"x"}]""", """[{"a":"X"}]""", ".a")]
    [InlineData("""[{"a":1}]""", """[{}]""", "fields")]
    [InlineData("""[{"a":1}]""", """[{"a":1,"b":2}]""", "fields")]
    [InlineData("""[{"a":1,"b":2}]""", """[{"b":2,"a":1}]""", "fields")]
    [InlineData("""[{"a":[1]}]""", """[{"a":[1,2]}]""", "elements")]
    [InlineData("""[{"a":{"b":[{"c":1}]}}]""", """[{"a":{"b":[{"c":2}]}}]""", ".a.b[0].c")]
    public void What_Differs_Is_Told_With_Its_Place(string witness, string told, string place) =>
        Assert.Contains(place, Assert.Single(JsonDifferences.Between(witness, told, witness)), StringComparison.Ordinal);
}
