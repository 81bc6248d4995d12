using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace OrderIssues.TestCommon;

/// <summary>Keeps what the service logs.</summary>
/// <param name="seen">Gets each line.</param>
public sealed class CapturedLog(Action<string>? seen = null) : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> lines = new();

    public IEnumerable<string> Lines => lines;

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Add($"{logLevel}: {formatter(state, exception)} {exception}".Trim());

    public void Dispose()
    {
    }

    private void Add(string line)
    {
        lines.Enqueue(line);
        seen?.Invoke(line);
    }
}
