using System.Net;

namespace OrderIssues.Client;

internal static class Retries
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(8);

    /// <summary>How long to wait before the next try; null where another try is of no use, or could do harm.</summary>
    public static TimeSpan? WaitAfter(OrderIssueException failure, bool isRepeatable, int retries) =>
        IsUndone(failure) || (isRepeatable && MayPass(failure)) ? GrowingWait(retries, failure.RetryAfter) : null;

    /// <summary>A wait after so many failures, in part at random: callers that failed together shouldn't come back together.</summary>
    public static TimeSpan GrowingWait(int failures, TimeSpan? retryAfter = null)
    {
        var growing = Math.Min(FirstWait.TotalSeconds * Math.Pow(2, failures), LongestWait.TotalSeconds);
#pragma warning disable CA5394 // A guess at it does no harm.
        return (retryAfter ?? TimeSpan.Zero) + TimeSpan.FromSeconds(growing * (1 + Random.Shared.NextDouble()) / 2);
#pragma warning restore CA5394
    }

    /// <summary>Whoever follows the log outlasts more than a call does.</summary>
    public static bool IsOutlasted(OrderIssueException failure) =>
        failure.Code is ProblemCode.Timeout or ProblemCode.Unreachable
        || failure.Status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError;

    private static bool IsUndone(OrderIssueException failure) =>
        failure.Status == HttpStatusCode.TooManyRequests || failure.Code is ProblemCode.Overloaded;

    /// <summary>A bug, a query that is too slow and a ticket system that isn't set up don't pass; one that is slow was tried often enough.</summary>
    private static bool MayPass(OrderIssueException failure) => failure.Code switch
    {
        ProblemCode.Conflict or ProblemCode.StoreUnavailable or ProblemCode.RequestTimeout or ProblemCode.TicketSourceUnavailable => true,
        ProblemCode.Timeout or ProblemCode.Unreachable => true,
        ProblemCode.UnexpectedAnswer => failure.Status is HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError,
        _ => false,
    };
}
