namespace OrderIssues.Domain.Issues.Repairs;

/// <summary>Brings into the schema's form what other programs, or earlier versions of this one, stored in another.</summary>
/// <remarks>
/// Safe beside other writers, and beside itself: one atomic operation an issue, on condition that the values it read are unchanged. What an
/// issue means stays, and so do its version, its time of update and its history. What isn't understood is left alone. A run that was ended
/// loses nothing: another one finds what is left to do.
/// </remarks>
public interface IIssueRepair
{
    /// <summary>Looks through all issues once, in batches.</summary>
    /// <param name="apply">True to change them; false to tell what would be changed.</param>
    /// <param name="cancellationToken">Ends the run between two issues.</param>
    IAsyncEnumerable<RepairBatch> RunAsync(bool apply, CancellationToken cancellationToken);
}
