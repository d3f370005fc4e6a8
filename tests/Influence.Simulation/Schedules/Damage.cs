using Azure.Data.Tables;

namespace Influence.Simulation.Schedules;

/// <summary>
/// Rows that cannot be read for a while, as after a restore gone wrong. What touches them fails for good, until they are put back.
/// </summary>
internal sealed class Damage(Simulation simulation, Random random)
{
    private readonly List<TableEntity> sound = [];

    /// <summary>Damages some accounts, if none are.</summary>
    public void Strike()
    {
        if (sound.Count > 0)
            return;
        var table = simulation.Storage.TableOf("Accounts");
        var states = table.All().Where(r => AccountKeys.IsState(r.RowKey)).ToList();
        foreach (var row in states.OrderBy(_ => random.Next()).Take(2 + random.Next(2)))
        {
            sound.Add(row);
            simulation.Record.Damaged.Add(AccountId.Parse(row.GetString(AccountRow.Account)));
            var damaged = new TableEntity(row.PartitionKey, row.RowKey);
            foreach (var (name, value) in row)
                damaged[name] = value;
            damaged[AccountRow.Summary] = new byte[] { 0xFF };
            table.Run(new TableTransactionAction(TableTransactionActionType.UpsertReplace, damaged));
        }

        simulation.Happens($"{sound.Count} accounts are damaged");
        simulation.Record.Count("damages");
    }

    /// <summary>Puts back what was damaged: nobody can have written it meanwhile.</summary>
    public void Mend()
    {
        foreach (var row in sound)
            simulation.Storage.TableOf("Accounts").Run(new TableTransactionAction(TableTransactionActionType.UpsertReplace, row));
        if (sound.Count > 0)
            simulation.Happens("the damage is mended");
        sound.Clear();
    }
}
