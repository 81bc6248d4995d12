using System.Globalization;

namespace OrderIssues.Client;

/// <summary>Reads server-sent events. The parser of .NET keeps comments to itself, which are how a service that is there is told from one that isn't.</summary>
internal sealed class EventStream(Stream content, TimeProvider time) : IDisposable
{
    /// <summary>The service sends something every 15 seconds.</summary>
    public static readonly TimeSpan MaxSilence = TimeSpan.FromSeconds(30);

    private readonly StreamReader reader = new(content);
    private readonly List<string> data = [];
    private long id;

    public void Dispose() => reader.Dispose();

    /// <summary>Reads an event, an id without one, or a comment, which is neither; null at the end.</summary>
    public async Task<(long Id, string Data)?> ReadAsync(CancellationToken cancellationToken)
    {
        while (await ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.StartsWith(':'))
            {
                return (0, "");
            }

            if (line is "" && (id, data.Count) is not (0, 0))
            {
                var read = (id, string.Join('\n', data));
                id = 0;
                data.Clear();
                return read;
            }

            Take(line);
        }

        return null;
    }

    private void Take(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        var (name, value) = colon < 0 ? (line, "") : (line[..colon], line[(colon + 1)..]);
        value = value.StartsWith(' ') ? value[1..] : value;
        if (name is "data")
        {
            data.Add(value);
        }
        else if (name is "id")
        {
            _ = long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out id);
        }
    }

    private async Task<string?> ReadLineAsync(CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(MaxSilence, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            return await reader.ReadLineAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException();
        }
    }
}
