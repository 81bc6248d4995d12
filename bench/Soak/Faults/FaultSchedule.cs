using OrderIssues.TestCommon;

namespace OrderIssues.Soak.Faults;

/// <summary>Faults of a run, one after another by chance.</summary>
/// <param name="instances">Instances of the service.</param>
/// <param name="receiver">Receiver of its webhook.</param>
/// <param name="tickets">Ticket systems that it asks.</param>
/// <param name="link">Way to MongoDB; null for SQLite.</param>
/// <param name="disk">Folder of the SQLite store; null for MongoDB.</param>
/// <param name="length">Time that a fault takes.</param>
internal sealed class FaultSchedule(
    IReadOnlyList<Instance> instances, Receiver receiver, TicketSystems tickets, TcpProxy? link, string? disk, TimeSpan length)
{
    private const int MaxClockSeconds = 3_600;
    private const int MaxPauseSeconds = 2;
    private readonly SortedDictionary<string, int> counts = new(StringComparer.Ordinal);

    public override string ToString() => string.Join(", ", counts.Select(fault => $"{fault.Key} {fault.Value}"));

    public async Task RunAsync(CancellationToken end)
    {
        var faults = Faults().ToArray();
        while (!end.IsCancellationRequested)
        {
            var (name, failAsync) = faults[Random.Shared.Next(faults.Length)];
            counts[name] = counts.GetValueOrDefault(name) + 1;
            await failAsync();
            var pause = TimeSpan.FromSeconds(Random.Shared.NextDouble() * MaxPauseSeconds);
            await Task.Delay(pause, TimeProvider.System, CancellationToken.None);
        }
    }

    private IEnumerable<(string Name, Func<Task> FailAsync)> Faults()
    {
        yield return ("killed", () => RestartAsync(instance => instance.KillAsync()));
        yield return ("stopped", () => RestartAsync(instance => instance.StopAsync()));
        yield return ("receiver fails", () => ForAWhileAsync(receiver, FaultyServer.FailAsync));
        yield return ("receiver hangs", () => ForAWhileAsync(receiver, FaultyServer.HangAsync));
        yield return ("receiver cut off", () => ForAWhileAsync(receiver, FaultyServer.CutAsync));
        yield return ("ticket systems fail", () => ForAWhileAsync(tickets, FaultyServer.FailAsync));
        yield return ("ticket systems take no calls", () => ForAWhileAsync(tickets, TicketSystems.ThrottleAsync));
        yield return ("ticket systems talk nonsense", () => ForAWhileAsync(tickets, TicketSystems.TalkNonsenseAsync));
        yield return ("ticket systems hang", () => ForAWhileAsync(tickets, FaultyServer.HangAsync));
        yield return ("ticket systems cut off", () => ForAWhileAsync(tickets, FaultyServer.CutAsync));
        if (link is not null)
        {
            yield return ("store cut off", () => ForAWhileAsync(link.Cut, link.Restore));
            yield return ("store stalled", () => ForAWhileAsync(link.Stall, link.Restore));
        }

        if (disk is not null && Surroundings.IsSmallDisk(disk))
        {
            var filler = "";
            yield return ("disk full", () => ForAWhileAsync(() => filler = Surroundings.Fill(disk), () => File.Delete(filler)));
        }

        if (Surroundings.HasClocks)
        {
            yield return ("clock set", SetClock);
        }
    }

    private Instance AnyInstance() => instances[Random.Shared.Next(instances.Count)];

    private async Task RestartAsync(Func<Instance, Task> endAsync)
    {
        var instance = AnyInstance();
        await endAsync(instance);
        instance.Start();
        await instance.UntilReadyAsync();
    }

    private Task SetClock()
    {
        AnyInstance().SetClock(TimeSpan.FromSeconds(Random.Shared.Next(-MaxClockSeconds, MaxClockSeconds)));
        return Task.CompletedTask;
    }

    private Task ForAWhileAsync(FaultyServer server, Func<HttpContext, Task> fault) =>
        ForAWhileAsync(() => server.Fault = fault, () => server.Fault = null);

    private async Task ForAWhileAsync(Action begin, Action mend)
    {
        begin();
        await Task.Delay(length, TimeProvider.System);
        mend();
    }
}
