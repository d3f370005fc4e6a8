using System.Text.Json;

namespace Influence.Contracts;

/// <summary>Messages that failed for good, a page of them.</summary>
/// <param name="DeadLetters">The letters, oldest first within their queue.</param>
/// <param name="NextLink">Where the next ones are; absent at the end.</param>
public sealed record DeadLetterList(IReadOnlyList<DeadLetter> DeadLetters, string? NextLink = null);

/// <summary>A message that failed for good.</summary>
/// <param name="Id">Names it: <c>{queue}.{yyyyMMddHH}.{hash}</c>.</param>
/// <param name="Queue">The queue that it came from: <c>interactions</c> or <c>shards</c>.</param>
/// <param name="At">When it was kept.</param>
/// <param name="Reason">Why it failed, without ids of people.</param>
/// <param name="Content">What is in it; absent in lists.</param>
public sealed record DeadLetter(string Id, string Queue, DateTimeOffset At, string Reason, DeadLetterContent? Content = null);

/// <summary>What is in a message that failed for good. It holds ids of people.</summary>
/// <param name="Body">The message as it was.</param>
/// <param name="Facts">Its facts, as the API takes them; absent where it cannot be read, and of the queue <c>shards</c>.</param>
/// <param name="ReceivedAt">When they were taken in.</param>
/// <param name="Source">Where they were seen; absent where nobody says.</param>
public sealed record DeadLetterContent(
    string Body,
    IReadOnlyList<JsonElement>? Facts = null,
    DateTimeOffset? ReceivedAt = null,
    string? Source = null
);
