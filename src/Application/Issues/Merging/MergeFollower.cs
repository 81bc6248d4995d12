using OrderIssues.Application.Common.Records;
using OrderIssues.Application.Events;
using OrderIssues.Application.Issues.Erasing;
using OrderIssues.Domain.Events;
using OrderIssues.Domain.Issues.Changes;

namespace OrderIssues.Application.Issues.Merging;

/// <summary>Finishes merges, and brings later messages of merged issues to those that took over.</summary>
/// <remarks>Other programs write such messages; this service hands them on at once.</remarks>
internal sealed class MergeFollower(
    IOrderIssueStore store, IssueMerger merger, MessageTakeOver takeOver, IssueEraser eraser, IRecordStore records, TimeProvider time)
    : IFollower
{
    private const string Key = "merges";
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    private readonly Records<FollowerPlace> places = new(records, RecordKinds.Followers);
    private Record<FollowerPlace>? stored;
    private string epoch = "";
    private long storedAt;

    public string Name => Key;

    public bool IsOneOfAll => true;

    public async Task<long> FindPlaceAsync(EventLogRange range, CancellationToken cancellationToken)
    {
        (stored, epoch, storedAt) = (await places.FindAsync(Key), range.Epoch, time.GetTimestamp());
        return stored is { Value: var place } && place.Epoch == epoch && place.Sequence <= range.Latest
            ? Math.Max(place.Sequence, range.Oldest - 1)
            : range.Oldest - 1;
    }

    public async Task ApplyAsync(IReadOnlyList<IssueEvent> events, CancellationToken cancellationToken)
    {
        foreach (var ofIssue in events.Where(MayBring).GroupBy(issueEvent => issueEvent.IssueId!))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (await store.FindAsync(ofIssue.Key, cancellationToken) is { MergedInto: not null } source)
            {
                var result = await takeOver.RunAsync(source, ofIssue.First().By, ofIssue.First().Caller, cancellationToken);
                if (!result.IsComplete)
                {
                    throw FailureException.Overloaded($"Others keep changing the issue {result.Survivor?.IssueId}.");
                }
            }
        }

        foreach (var erased in events.Where(HasErasedTexts))
        {
            if (await store.FindAsync(erased.IssueId!, cancellationToken) is { } issue)
            {
                await eraser.EraseMergedAsync(issue, erased.By, erased.Caller, cancellationToken);
            }
        }

        // Seldom: a write for each batch would slow those of the callers down, and what comes twice has no effect.
        if (time.GetElapsedTime(storedAt) >= Interval)
        {
            await KeepAsync(events[^1].Sequence);
        }
    }

    public async Task RunBesideAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            await merger.FinishDueAsync(cancellationToken);
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    /// <summary>True for an event after which a merged issue may have messages that the other one lacks.</summary>
    private static bool MayBring(IssueEvent issueEvent) => issueEvent.IssueId is not null
        && (issueEvent.Changed.Contains(IssueField.MergedInto.Name) || issueEvent.Changed.Contains(IssueEvent.Unknown));

    private static bool HasErasedTexts(IssueEvent issueEvent) => issueEvent.IssueId is not null
        && issueEvent.Action == HistoryActions.Erased && issueEvent.Changed.Contains(IssueField.Discussion.Name);

    private async Task KeepAsync(long sequence)
    {
        var place = new FollowerPlace(epoch, sequence);
        stored = stored is null
            ? (await places.PutIfAbsentAsync(new() { Key = Key, Value = place })).Record
            : await places.PutIfVersionAsync(stored with { Value = place }) ?? await places.FindAsync(Key);
        storedAt = time.GetTimestamp();
    }

    private sealed record FollowerPlace(string Epoch, long Sequence);
}
