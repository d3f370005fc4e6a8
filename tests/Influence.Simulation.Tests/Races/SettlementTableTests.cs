namespace Influence.Simulation.Tests.Races;

/// <summary>Partial results that are written twice at once, in any order of the calls.</summary>
public sealed class SettlementTableTests
{
    private const int Seeds = 60;

    // More than a row holds, and than two.
    private const int Length = 1_500_000;

    [Fact]
    public void A_reader_never_sees_two_versions_mixed()
    {
        byte[][] versions = [Version(1), Version(2)];
        for (var seed = 0; seed < Seeds; seed++)
        {
            var race = new Race(seed);
            race.Storage.TableOf("Settlements").Create();
            var data = new SettlementTable(race.Clients.Table("Settlements"));
            var read = new List<byte[]?>();
            foreach (var version in versions)
                race.Start(() => data.PutAsync("publication", "part", version, default));
            for (var i = 0; i < 3; i++)
                race.Start(async () => read.Add(await data.FindAsync("publication", "part", default)));
            race.Run();
            race.Start(async () => read.Add(await data.FindAsync("publication", "part", default) ?? []));
            race.Run();
            Assert.All(read, one => Assert.True(one is null || versions.Any(v => v.AsSpan().SequenceEqual(one)), $"seed {seed}"));
        }
    }

    private static byte[] Version(byte value)
    {
        var bytes = new byte[Length];
        Array.Fill(bytes, value);
        return bytes;
    }
}
