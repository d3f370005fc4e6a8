namespace Influence.Scoring.Tests.Pages;

public sealed class UnknownLayoutTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(255)]
    public void A_layout_that_is_not_known_is_refused(byte version)
    {
        var packed = new byte[PageHeader.Size];
        new PageHeader((byte)PageKind.Ties, version, 0, 0, 0, 0).Seal(packed, PageGen.Owner);
        Assert.Contains(
            "layout",
            Assert.Throws<PageCorruptException>(() => PageReader.Read<Tie>(packed, PageGen.Owner)).Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(6)]
    public void So_is_a_summarys(byte version)
    {
        var packed = StatePacking.PackSummary(Scenario.Empty);
        new PageHeader(16, version, 0, 0, 0, 0).Seal(packed, Scenario.Empty.Key);
        Assert.Contains(
            "layout",
            Assert.Throws<PageCorruptException>(() => StatePacking.ReadSummary(packed, Scenario.Target, Scenario.Keys)).Message,
            StringComparison.Ordinal
        );
    }
}
