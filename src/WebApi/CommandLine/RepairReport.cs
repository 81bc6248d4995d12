using OrderIssues.Domain.Issues.Repairs;

namespace OrderIssues.WebApi.CommandLine;

/// <summary>Tells what a repair does, as it does it, and the numbers in the end.</summary>
internal sealed class RepairReport(bool apply, TextWriter output)
{
    private readonly SortedDictionary<string, long> changes = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> leftAlone = new(StringComparer.Ordinal);
    private readonly string changed = apply ? "changed" : "would change";

    public long Seen { get; private set; }

    /// <summary>Number of issues that were or would be changed.</summary>
    public long Changed { get; private set; }

    public async Task AddAsync(RepairBatch batch)
    {
        Seen += batch.Seen;
        foreach (var issue in batch.Found)
        {
            Changed += issue.IsChanged ? 1 : 0;
            var outcome = issue.Obstacle is { } obstacle ? $"left alone, since {obstacle}" : changed;
            await AddAsync(issue.Id, outcome, issue.Changes, issue.IsChanged);
            await AddAsync(issue.Id, "left alone, not understood", issue.NotUnderstood, isChange: false);
        }
    }

    public Task WriteProgressAsync() => output.WriteLineAsync($"{Seen} issues looked at, {Changed} {changed}");

    public async Task WriteSummaryAsync()
    {
        await output.WriteLineAsync();
        await WriteProgressAsync();
        foreach (var (title, kinds) in new[] { (changed, changes), ("left alone", leftAlone) })
        {
            foreach (var (kind, count) in kinds)
            {
                await output.WriteLineAsync($"  {title}: {kind}: {count}");
            }
        }
    }

    private async Task AddAsync(string id, string outcome, IReadOnlyList<string> kinds, bool isChange)
    {
        if (kinds.Count == 0)
        {
            return;
        }

        var counts = isChange ? changes : leftAlone;
        foreach (var kind in kinds)
        {
            counts[kind] = counts.GetValueOrDefault(kind) + 1;
        }

        await output.WriteLineAsync($"{id} {outcome}: {string.Join(", ", kinds)}");
    }
}
