using System.Text;
using CsCheck;

namespace Influence.Pipeline.Tests.Messages;

public sealed class FactsCodecTests
{
    private const long Now = 1_790_000_000;
    private static readonly string[] Texts = ["x", "a/b#c?", "🦊", "مرحبا", "\"quoted\\\"", "<&'>"];
    private static readonly Gen<string> Text = Gen.Int[0, Texts.Length - 1].Select(i => Texts[i]);

    private static readonly Gen<Interaction> Interaction = Gen.Select(
        Gen.Int[1, 9],
        Text,
        Text,
        Gen.Int[0, 5_000_000],
        Gen.Int[0, 7],
        Text.Array[0, 6],
        (type, actor, text, age, parts, topics) =>
            new Interaction
            {
                Type = (InteractionType)type,
                Actor = AccountId.Parse($"net:{actor}"),
                Target = type == (int)InteractionType.Post ? null : AccountId.Parse($"other:{text}"),
                At = Now - age,
                Id = (parts & 1) == 0 ? null : text,
                Object = (parts & 2) == 0 ? null : text,
                Context = FactContext.Of(topics, (parts & 4) == 0 ? null : text),
            }
    );

    private static readonly Gen<MetricReport> Metric = Gen.Select(
        Gen.Int[0, 8],
        Gen.Double[0, 1e12],
        Gen.Int[0, 5_000_000],
        (kind, value, age) =>
            new MetricReport
            {
                Account = AccountId.Parse("net:m"),
                Counts = kind == 0 ? null : (InteractionType)kind,
                Value = value,
                At = Now - age,
                Id = kind == 0 ? null : $"{age}",
            }
    );

    private static readonly Gen<Fact> AnyFact = Gen.Select(
        Gen.Int[0, 2],
        Interaction,
        Metric,
        Fact (kind, interaction, metric) =>
            kind switch
            {
                0 => interaction,
                1 => metric,
                _ => new Undo(interaction),
            }
    );

    [Fact]
    public void What_is_written_is_read_back() =>
        AnyFact
            .Array[1, 30]
            .Sample(
                facts =>
                {
                    var text = Assert.Single(FactsCodec.Write(facts, new FactOrigin(Now)));
                    var (message, read) = FactsCodec.Read(text);
                    Assert.Equal((FactsMessage.Version, Now), (message.V, message.ReceivedAt));
                    Assert.Equal(facts, read);
                },
                iter: 1_000
            );

    [Fact]
    public void A_batch_of_ordinary_facts_is_one_message() =>
        Assert.Single(FactsCodec.Write(Facts(1000, i => $"id{i}"), new FactOrigin(Now)));

    [Fact]
    public void Incompressible_facts_are_split_so_that_every_message_fits_the_queue()
    {
        var random = new Random(1);
        var facts = Facts(1000, _ => new string([.. Enumerable.Range(0, 256).Select(_ => (char)random.Next(0x4E00, 0x9FFF))]));
        var messages = FactsCodec.Write(facts, new FactOrigin(Now)).ToList();
        Assert.InRange(messages.Count, 10, 64);
        Assert.All(messages, m => Assert.InRange(Encoding.UTF8.GetByteCount(m), 1, FactsMessage.MaxBytes));
        Assert.Equal(facts, messages.SelectMany(m => FactsCodec.Read(m).Facts));
        Assert.Equal(messages.Count, messages.Select(m => FactsCodec.Read(m).Message.Id).Distinct().Count());
    }

    [Fact]
    public void The_largest_possible_fact_fits_a_message_of_its_own()
    {
        var random = new Random(2);
        string Han(int length) => new([.. Enumerable.Range(0, length).Select(_ => (char)random.Next(0x4E00, 0x9FFF))]);
        var fact = new Interaction
        {
            Type = InteractionType.Share,
            Actor = AccountId.Parse($"net:{Han(256)}"),
            Target = AccountId.Parse($"net:{Han(256)}"),
            At = Now,
            Id = Han(FactRules.MaxId),
            Object = Han(FactRules.MaxObject),
            Context = FactContext.Of(
                Enumerable.Range(0, FactRules.MaxTopics).Select(_ => Han(FactRules.MaxTopic)),
                Han(FactRules.MaxCommunity)
            ),
        };
        Assert.Null(FactRules.Refuse(fact, ScoringPolicy.Current, Now));
        Assert.InRange(Encoding.UTF8.GetByteCount(Assert.Single(FactsCodec.Write([fact], new FactOrigin(Now)))), 1, FactsMessage.MaxBytes);
    }

    private static List<Fact> Facts(int count, Func<int, string> id) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(i =>
                    (Fact)
                        new Interaction
                        {
                            Type = InteractionType.Like,
                            Actor = AccountId.Parse($"net:a{i}"),
                            Target = AccountId.Parse($"net:t{i % 290}"),
                            At = Now - i,
                            Id = id(i),
                        }
                ),
        ];
}
