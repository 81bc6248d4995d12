namespace OrderIssues.Application.Issues;

/// <summary>Gives changes of one issue that met in this process a turn each.</summary>
// Retrying all at once, a hundred changes would need five thousand tries.
internal sealed class ChangeTurns
{
    private readonly Dictionary<EntityId, Waiting> issues = [];

    /// <summary>Waits for the changes that came before.</summary>
    /// <returns>The turn, which ends when it is disposed.</returns>
    public async Task<IDisposable> TakeAsync(EntityId issue, CancellationToken cancellationToken)
    {
        Waiting waiting;
        lock (issues)
        {
            waiting = issues.TryGetValue(issue, out var present) ? present : issues[issue] = new();
            waiting.Count++;
        }

        try
        {
            await waiting.Turn.WaitAsync(cancellationToken);
        }
        catch
        {
            Leave(issue, waiting);
            throw;
        }

        return new Turn(() =>
        {
            waiting.Turn.Release();
            Leave(issue, waiting);
        });
    }

    private void Leave(EntityId issue, Waiting waiting)
    {
        lock (issues)
        {
            if (--waiting.Count == 0)
            {
                issues.Remove(issue);
            }
        }
    }

    private sealed class Waiting
    {
        public SemaphoreSlim Turn { get; } = new(1);

        public int Count { get; set; }
    }

    private sealed class Turn(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
