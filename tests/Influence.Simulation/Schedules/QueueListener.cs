using Azure;
using Azure.Storage.Queues.Models;

namespace Influence.Simulation.Schedules;

/// <summary>The queue triggers of all hosts: leases, five attempts, poison queues. The rules are those of the Functions host.</summary>
internal sealed class QueueListener(Simulation simulation)
{
    private const int MaxDequeueCount = 5;
    private static readonly TimeSpan Invisible = TimeSpan.FromMinutes(10);

    /// <summary>The messages that can be delivered now.</summary>
    public List<(string Queue, string Id)> Visible() =>
        [.. HostFunctions.Queues.SelectMany(q => simulation.Storage.QueueOf(q).VisibleIds().Select(id => (q, id)))];

    /// <summary>A host receives a message; unless it is dropped, its function runs.</summary>
    public void Deliver(SimulatedHost host, string queue, string id, (bool Drops, bool LosesLease, int SlowAt, int CrashAt) fate)
    {
        var message = simulation.Storage.QueueOf(queue).Receive(id, Invisible)!;
        if (fate.Drops)
        {
            simulation.Happens($"{host.Name} drops a message of {queue}");
            return;
        }

        Flow? flow = null;
        flow = new Flow(host, $"{queue} #{message.DequeueCount}")
        {
            Message = message,
            Queue = queue,
            Receipt = message.PopReceipt,
            SlowAt = fate.SlowAt,
            CrashAt = fate.CrashAt,
            Ended = failure => Settle(flow!, failure),
        };
        simulation.Start(flow, () => HostFunctions.DeliverAsync(host.Services, queue, message));
        if (fate.LosesLease && simulation.Flows.Contains(flow))
        {
            simulation.Happens($"{flow} loses its lease");
            simulation.Storage.QueueOf(queue).Update(id, flow.Receipt, null, TimeSpan.Zero);
        }
    }

    // As the Functions host does when a function has ended.
    private void Settle(Flow flow, Exception? failure)
    {
        var (queue, message) = (simulation.Storage.QueueOf(flow.Queue), flow.Message!);
        var hasPoison = !flow.Queue.EndsWith("-poison", StringComparison.Ordinal);
        try
        {
            if (failure is null)
                queue.Delete(message.MessageId, flow.Receipt);
            else if (hasPoison && message.DequeueCount >= MaxDequeueCount)
                Poison(flow.Queue, message, flow.Receipt);
            else
                queue.Update(message.MessageId, flow.Receipt, null, TimeSpan.Zero);
        }
        catch (RequestFailedException)
        {
            // The lease was lost: somebody else has the message.
            simulation.Record.Note("the lease was lost");
            simulation.Record.Count("leases lost");
        }

        if (failure is null && !hasPoison)
            Taken(flow.Queue, message.MessageText);
    }

    private void Poison(string queue, QueueMessage message, string receipt)
    {
        simulation.Record.Note($"a message of {queue} is poisoned", message.MessageText);
        simulation.Record.Count($"messages of {queue} poisoned");
        simulation.Record.Poisoned.Add(new PoisonedMessage(queue, message.MessageText));
        var poison = simulation.Storage.QueueOf($"{queue}-poison");
        poison.Create();
        poison.Send(message.MessageText, null, null);
        simulation.Storage.QueueOf(queue).Delete(message.MessageId, receipt);
    }

    private void Taken(string queue, string text)
    {
        foreach (var poisoned in simulation.Record.Poisoned.Where(p => $"{p.Queue}-poison" == queue && p.Text == text))
            poisoned.IsTaken = true;
        foreach (var (address, _, body) in StoredLetters.Of(simulation.Storage))
            simulation.Record.Letters.TryAdd(address, body);
    }

    public void Renew(Flow flow)
    {
        try
        {
            flow.Receipt = simulation.Storage.QueueOf(flow.Queue).Update(flow.Message!.MessageId, flow.Receipt, null, Invisible).PopReceipt;
        }
        catch (RequestFailedException)
        {
            // The lease was lost: somebody else has the message.
        }
    }
}
