using System.Buffers;
using System.Threading.RateLimiting;
using OrderIssues.WebApi.Limits;

namespace OrderIssues.WebApi.Json;

internal sealed class BodyReader : IDisposable
{
    private const int MaxBytes = 1024 * 1024;
    private const int PieceBytes = 16 * 1024;

    // Only a few large bodies are read at once, or slow clients would fill the memory.
    private const int SmallBytes = 32 * 1024;
    private const int MaxLargeBodies = 128;
    private const int MaxLargeBodiesOfCaller = 32;
    private readonly PartitionedRateLimiter<HttpContext> largeBodies =
        PartitionedRateLimiter.Create<HttpContext, RateLimitKey>(new ConcurrencyLimits(MaxLargeBodiesOfCaller, MaxLargeBodies).Of);

    /// <exception cref="ProblemException">The body is too large, or too slow.</exception>
    /// <exception cref="FailureException">Too many large bodies are being read.</exception>
    public async Task<MemoryStream> ReadAsync(HttpContext context)
    {
        if (context.Request.ContentLength > MaxBytes)
        {
            throw FrameworkProblems.TooLarge();
        }

        var body = new MemoryStream();
        var piece = ArrayPool<byte>.Shared.Rent(PieceBytes);
        RateLimitLease? lease = null;
        try
        {
            int count;
            while ((count = await context.Request.Body.ReadAsync(piece, context.RequestAborted)) > 0)
            {
                // Kestrel drains the body for 5 seconds, so that a client that sends too much can read the response.
                body.Write(piece, 0, body.Length + count <= MaxBytes ? count : throw FrameworkProblems.TooLarge());
                if (body.Length > SmallBytes)
                {
                    lease ??= Acquire(context);
                }
            }

            return body;
        }
        catch (OperationCanceledException)
        {
            throw new ProblemException(ProblemCode.MalformedBody, "The body took too long to come.");
        }
        finally
        {
            lease?.Dispose();
            ArrayPool<byte>.Shared.Return(piece);
        }
    }

    public void Dispose() => largeBodies.Dispose();

    private RateLimitLease Acquire(HttpContext context) => largeBodies.AttemptAcquire(context) is { IsAcquired: true } lease
        ? lease
        : throw FailureException.Overloaded("Too many large bodies come in at the same time.");
}
