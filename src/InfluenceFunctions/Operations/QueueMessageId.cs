using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions.Operations;

/// <summary>The id that storage gave the message of a run.</summary>
internal static class QueueMessageId
{
    public static string Of(FunctionContext context) =>
        context.BindingContext.BindingData.TryGetValue("Id", out var id) && id is not null ? id.ToString()! : context.InvocationId;
}
