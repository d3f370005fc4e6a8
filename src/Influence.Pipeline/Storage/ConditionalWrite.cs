using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;

namespace Influence.Pipeline.Storage;

/// <summary>Writes a row only where nobody wrote since it was read.</summary>
internal static class ConditionalWrite
{
    /// <param name="table">The table.</param>
    /// <param name="row">The row as it is to be.</param>
    /// <param name="known">The ETag it was read with; null when there was none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>False when somebody else wrote first: to be read and decided anew.</returns>
    public static async Task<bool> TryWriteAsync(this TableClient table, TableEntity row, ETag? known, CancellationToken cancellationToken)
    {
        try
        {
            if (known is { } tag)
                await table.UpdateEntityAsync(row, tag, TableUpdateMode.Replace, cancellationToken);
            else
                await table.AddEntityAsync(row, cancellationToken);
            return true;
        }
        catch (RequestFailedException e)
            when (e.Status == 412
                || e.ErrorCode == TableErrorCode.EntityAlreadyExists
                || (known is not null && e.ErrorCode == TableErrorCode.ResourceNotFound)
            )
        {
            return false;
        }
    }
}
