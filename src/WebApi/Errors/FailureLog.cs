using System.Collections.Concurrent;

namespace OrderIssues.WebApi.Errors;

/// <summary>Logs failures of other systems in one line a minute for each kind.</summary>
// While a store is away, every request fails for the same reason: a stack trace each would fill the disk and tell nothing more.
internal sealed partial class FailureLog(ILogger<FailureLog> logger, TimeProvider time)
{
    private const int MaxReasonCharacters = 500;
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<(ProblemCode, Type), Repeats> kinds = new();

    public void Log(ProblemCode code, Exception cause, string traceId)
    {
        if (kinds.GetOrAdd((code, cause.GetType()), _ => new()).Count(time.GetUtcNow()) is { } untold)
        {
            LogFailure(ProblemTypes.NameOf(code), ReasonOf(cause), traceId, untold);
        }
    }

    private static string ReasonOf(Exception cause)
    {
        var root = cause.GetBaseException();
        var reason = root == cause ? Told(cause) : $"{Told(cause)} {Told(root)}";
        return reason.Length > MaxReasonCharacters ? $"{reason[..MaxReasonCharacters]}…" : reason;
    }

    private static string Told(Exception exception) => $"{exception.GetType().Name}: {exception.Message.ReplaceLineEndings(" ")}";

    [LoggerMessage(
        Level = LogLevel.Error, Message = "Answered {Code}: {Reason} ({TraceId}; {Untold} more of this kind since the last such line)")]
    private partial void LogFailure(string code, string reason, string traceId, int untold);

    private sealed class Repeats
    {
        private readonly Lock access = new();
        private DateTimeOffset next;
        private int untold;

        /// <summary>Returns the number of untold failures when it is time for a line, else null.</summary>
        public int? Count(DateTimeOffset now)
        {
            lock (access)
            {
                if (now < next)
                {
                    untold++;
                    return null;
                }

                next = now + Pause;
                (var told, untold) = (untold, 0);
                return told;
            }
        }
    }
}
