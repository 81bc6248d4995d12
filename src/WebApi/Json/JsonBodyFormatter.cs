using System.Buffers;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc.Formatters;
using OrderIssues.WebApi.Errors;
using OrderIssues.WebApi.Idempotency;
using OrderIssues.WebApi.Limits;

namespace OrderIssues.WebApi.Json;

/// <summary>Reads bodies that are a JSON object in UTF-8 (RFC 8259) and not compressed, and tells what is wrong with others.</summary>
internal sealed partial class JsonBodyFormatter : InputFormatter
{
    private const int MaxBytes = 1024 * 1024;
    private const int PieceBytes = 16 * 1024;

    /// <summary>Most bodies are smaller. Larger ones come in a few at a time, so that what slow clients have sent of theirs doesn't fill the memory.</summary>
    private const int SmallBytes = 32 * 1024;
    private const int LargeBodiesAtOnce = 128;
    private const int LargeBodiesOfACaller = 32;

    private readonly JsonSerializerOptions options;
    private readonly PartitionedRateLimiter<HttpContext> largeBodies =
        PartitionedRateLimiter.Create<HttpContext, RateLimitKey>(new ConcurrencyLimits(LargeBodiesOfACaller, LargeBodiesAtOnce).Of);


    public JsonBodyFormatter(JsonSerializerOptions options)
    {
        this.options = options;
        SupportedMediaTypes.Add("application/json");
        SupportedMediaTypes.Add("application/*+json");
    }

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Also when there is no body, since that is then told as a missing body rather than as one of another media type.</summary>
    public override bool CanRead(InputFormatterContext context)
    {
        var request = context.HttpContext.Request;
        return context.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false }
            || (base.CanRead(context) && IsUtf8(request) && request.Headers.ContentEncoding.All(coding => coding is null or "identity"));
    }

    public override async Task<InputFormatterResult> ReadAsync(InputFormatterContext context)
    {
        using var body = await ReadBodyAsync(context.HttpContext);
        var bytes = body.GetBuffer().AsMemory(0, (int)body.Length);
        BodyDigest.Take(context.HttpContext, bytes.Span);
        return await InputFormatterResult.SuccessAsync(Parse(bytes.Span, context.ModelType));
    }

    /// <summary>Not called: <see cref="ReadAsync"/> reads empty bodies too.</summary>
    public override Task<InputFormatterResult> ReadRequestBodyAsync(InputFormatterContext context) => ReadAsync(context);

    private static bool IsUtf8(HttpRequest request) =>
        request.GetTypedHeaders().ContentType is { } type
        && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)
            || type.Charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase));

    private async Task<MemoryStream> ReadBodyAsync(HttpContext context)
    {
        var body = new MemoryStream();
        var piece = ArrayPool<byte>.Shared.Rent(PieceBytes);
        RateLimitLease? turn = null;
        try
        {
            int count;
            while ((count = await context.Request.Body.ReadAsync(piece, context.RequestAborted)) > 0)
            {
                // The server reads on for 5 seconds after the answer, so that who sends too much gets to read it.
                body.Write(piece, 0, body.Length + count <= MaxBytes ? count : throw FrameworkFailures.TooLarge());
                if (turn is null && body.Length > SmallBytes)
                {
                    turn = largeBodies.AttemptAcquire(context);
                    Require(turn);
                }
            }

            return body;
        }
        catch (OperationCanceledException)
        {
            throw new FailureException(FailureCode.MalformedBody, "The body took too long to come.");
        }
        finally
        {
            turn?.Dispose();
            ArrayPool<byte>.Shared.Return(piece);
        }
    }

    private static void Require(RateLimitLease turn)
    {
        if (!turn.IsAcquired)
        {
            throw new FailureException(FailureCode.Overloaded, "Too many large bodies come in at the same time.") { RetryAfter = TimeSpan.FromSeconds(1) };
        }
    }

    private object Parse(ReadOnlySpan<byte> body, Type type)
    {
        if (body.IsEmpty)
        {
            throw new FailureException(FailureCode.MalformedBody, "The body is empty.");
        }

        if (!Utf8.IsValid(body) || body.StartsWith(ByteOrderMark))
        {
            throw new FailureException(FailureCode.MalformedBody, "The body must be UTF-8 without a byte order mark.");
        }

        try
        {
            return JsonSerializer.Deserialize(body, type, options)
                ?? throw new FailureException(FailureCode.MalformedBody, "The body must be a JSON object.");
        }
        catch (JsonException exception)
        {
            throw new FailureException(FailureCode.MalformedBody, DetailOf(exception.Path ?? ""));
        }
    }

    private static string DetailOf(string path) => path.Length < 100 && FieldPath().IsMatch(path)
        ? $"The body can't be read at {path[2..]}: it isn't JSON there, or the value has the wrong type, or the key came before."
        : "The body must be a JSON object, nested at most 32 deep.";

    /// <summary>A path as System.Text.Json writes it: <c>$.items[0].qty</c>.</summary>
    [GeneratedRegex(@"\A\$(\.\w+(\[[0-9]+\])*)+\z", RegexOptions.CultureInvariant)]
    private static partial Regex FieldPath();
}
