using System.Net;

namespace OrderIssues.Client;

internal static class Retries
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(8);

    /// <summary>How long to wait before the next try; null where another try is of no use, or could do harm.</summary>
    public static TimeSpan? WaitAfter(OrderIssueException failure, bool isRepeatable, int retries)
    {
        if (!IsUndone(failure) && !(isRepeatable && MayPass(failure)))
        {
            return null;
        }

        // Callers that failed together shouldn't come back together.
        var growing = Math.Min(FirstWait.TotalSeconds * Math.Pow(2, retries), LongestWait.TotalSeconds);
#pragma warning disable CA5394 // A guess at it does no harm.
        return (failure.RetryAfter ?? TimeSpan.Zero) + TimeSpan.FromSeconds(growing * (1 + Random.Shared.NextDouble()) / 2);
#pragma warning restore CA5394
    }

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
