using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Xunit.Abstractions;

namespace Influence.Connectors.Tests.Fuzz;

/// <summary>
/// Fuzzing: no body that a stranger can send makes a translator throw. Nor does it make one work out of proportion, or say what storage
/// cannot hold. <c>FUZZ_SEED</c> repeats a run.
/// </summary>
/// <remarks>
/// No body may take more than 50 ms. On a busy machine anything does once in a while, so that a body over it is held against the parsing of
/// the same
/// bytes, which takes microseconds.
/// </remarks>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int Bodies = 100_000;
    private const int MostItems = 2000;
    private const double MostEffort = 100;
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(50);

    public static IEnumerable<object[]> Sources() => ConnectorRegistry.All.Select(c => new object[] { c.Source });

    [Theory]
    [MemberData(nameof(Sources))]
    public void A_hostile_body_is_survived(string source)
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("FUZZ_SEED"), CultureInfo.InvariantCulture, out var given)
            ? given
            : RandomNumberGenerator.GetInt32(int.MaxValue);
        output.WriteLine($"FUZZ_SEED={seed}");
        var (fuzzer, connector, understood) = (new Fuzzer(seed), Some.Connector(source), 0);
        var samples = Sample.All().Where(s => s.Source == source).Select(s => s.Headers).ToArray();
        var slowest = TimeSpan.Zero;
        for (var i = 0; i < Bodies; i++)
        {
            var body = fuzzer.Next();
            var headers = samples[i % samples.Length].Select(h => i % 8 == 0 ? KeyValuePair.Create(h.Key, fuzzer.Word()) : h);
            try
            {
                var delivery = Some.Delivery(body, headers);
                var started = Stopwatch.GetTimestamp();
                var translated = connector.Translate(delivery, Some.Now, includePrivate: true);
                var took = Stopwatch.GetElapsedTime(started);
                if (took > slowest)
                    slowest = took;
                if (took > Slow)
                    Assert.InRange(Effort.Of(connector, delivery), 0, MostEffort);
                if (translated is not { } translation)
                    continue;
                understood++;
                Assert.InRange(translation.Items.Count, 0, MostItems);
                if (source != "standard")
                    Assert.All(translation.Items, Check);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"FUZZ_SEED={seed}, body {i}: {Encoding.UTF8.GetString(body)}", e);
            }
        }

        output.WriteLine($"{understood} of {Bodies} were JSON; the slowest took {slowest.TotalMilliseconds:f2} ms");
        Assert.InRange(understood, Bodies / 4, Bodies);
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public void A_body_of_the_largest_size_is_survived(string source)
    {
        string[] bodies =
        [
            new string('[', 4 << 20),
            $"[{new string(',', 4 << 19)}]",
            $"[{string.Join(',', Enumerable.Repeat("{}", 1_200_000))}]",
            $"{{\"a\":\"{new string('@', 4 << 20)}\"}}",
            $"{{\"type\":\"{string.Concat(Enumerable.Repeat("<@U1> @a ", 400_000))}\"}}",
            string.Concat(Enumerable.Repeat("{}\n", 1_200_000)),
        ];
        foreach (var body in bodies)
        foreach (var sample in Sample.All().Where(s => s.Source == source).DistinctBy(s => string.Join('|', s.Headers)))
        {
            var delivery = Some.Delivery(Encoding.UTF8.GetBytes(body), sample.Headers);
            var started = Stopwatch.GetTimestamp();
            Some.Connector(source).Translate(delivery, Some.Now);
            output.WriteLine($"{sample.Name}, {body[..8]}…: {Stopwatch.GetElapsedTime(started).TotalMilliseconds:f1} ms");
        }
    }

    // What a connector makes up itself holds the rules, but for the moment; items in our own format are checked at the door.
    private static void Check(TranslatedItem item)
    {
        IReadOnlyList<Fact> facts = item switch
        {
            TakeFact t => [t.Fact],
            RememberFacts r => r.Facts,
            TakeBack { Instead: { } undo } => [undo],
            _ => [],
        };
        foreach (var fact in facts)
        {
            var stored = fact is Undo undo ? undo.Original : fact;
            Assert.Null(FactRules.Refuse(stored with { At = Some.Now }, ScoringPolicy.Current, Some.Now));
            // An undo may name what it takes back by its type and object.
            Assert.True(fact is Undo || (fact is MetricReport m ? m.Id : ((Interaction)fact).Id) is not null);
        }

        Assert.InRange((item as RememberFacts)?.Key.Length ?? (item as TakeBack)?.Key.Length ?? 0, 0, Translation.MaxKey);
    }
}
