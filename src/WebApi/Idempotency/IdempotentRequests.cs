using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using AutoMapper;
using MediatR;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using OrderIssues.Application;
using OrderIssues.Application.Common.Idempotency;
using OrderIssues.Application.Issues;
using OrderIssues.WebApi.Issues.Models;

namespace OrderIssues.WebApi.Idempotency;

/// <summary>Runs requests with an <c>Idempotency-Key</c> only once.</summary>
public sealed class IdempotentRequests(
    IdempotentRunner runner, ICaller caller, IOptions<JsonOptions> json, IMediator mediator, IMapper mapper)
{
    private static readonly SearchValues<char> Visible =
        SearchValues.Create([.. Enumerable.Range('!', '~' - '!' + 1).Select(c => (char)c)]);

    /// <summary>Runs the work, or answers with its first response.</summary>
    /// <param name="context">Request; its operation and caller are part of the key.</param>
    /// <param name="key">Value of the header; blank runs the work each time.</param>
    /// <param name="subject">Order, part of the key too; empty for new issues.</param>
    /// <param name="work">Work, which writes once: under the id of the try, if any.</param>
    /// <exception cref="FailureException">The key is malformed, in use or of another request, or the work failed.</exception>
    public async Task<ActionResult<T>> RunAsync<T>(
        ControllerContext context, string? key, string subject, Func<IdempotentTry?, Task<ObjectResult>> work)
    {
        var response = context.HttpContext.Response;
        var isMinimal = Preferences.WantsMinimal(context.HttpContext.Request);
        if (string.IsNullOrWhiteSpace(key))
        {
            var result = await work(null);
            return isMinimal ? Preferences.Minimal(response, LocationOf(result, response)) : result;
        }

        ActionResult? first = null;
        var run = await runner.RunAsync(
            KeyOf(context, key, subject),
            async attempt =>
            {
                var result = await work(attempt);
                var body = isMinimal ? [] : JsonSerializer.SerializeToUtf8Bytes(result.Value, json.Value.JsonSerializerOptions);
                var location = LocationOf(result, response);
                var packed = StoredResponse.Pack(result, body, response.Headers.ETag, location);
                result.Value = null;
                first = isMinimal ? Preferences.Minimal(response, location) : new SerializedResult(result, new(body));
                return packed;
            });
        return run.IsReplay ? await ReplayAsync(StoredResponse.Unpack(run.Response), response, isMinimal) : first!;
    }

    /// <summary>Changes an issue, or answers with the first response.</summary>
    /// <param name="context">Request; its operation and caller are part of the key.</param>
    /// <param name="key">Value of <c>Idempotency-Key</c>.</param>
    /// <param name="subject">Order or number of the issue, part of the key too.</param>
    /// <param name="ifMatch">Value of <c>If-Match</c>, which a replay doesn't look at.</param>
    /// <param name="makeChange">Makes the change, unless the response is known.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<ActionResult<IssueResponse>> ChangeAsync(
        ControllerContext context, string? key, string subject, string? ifMatch, Func<ChangeRequest> makeChange,
        CancellationToken cancellationToken) =>
        RunAsync<IssueResponse>(context, key, subject, async attempt =>
        {
            var change = makeChange() with
            {
                Attempt = attempt,
                ExpectedRevisions = EntityTags.InIfMatch(ifMatch),
                ReturnsHead = Preferences.WantsMinimal(context.HttpContext.Request),
            };
            return new OkObjectResult(context.HttpContext.Response.WithETag(await mediator.Send(change, cancellationToken), mapper));
        });

    private static string? LocationOf(ObjectResult result, HttpResponse response) =>
        (result as CreatedResult)?.Location ?? response.Headers.Location;

    /// <summary>Gives the first response, with the issue of now where its body wasn't kept.</summary>
    private async Task<ActionResult> ReplayAsync(StoredResponse stored, HttpResponse response, bool isMinimal)
    {
        response.Headers[IdempotencyHeaders.Replayed] = "true";
        response.Headers.Location = stored.Head.Location;
        response.Headers.ETag = stored.Head.ETag;
        if (isMinimal)
        {
            return Preferences.Minimal(response, stored.Head.Location);
        }

        if (!stored.Body.IsEmpty)
        {
            return new SerializedResult(new ObjectResult(null) { StatusCode = stored.Head.Status }, new(stored.Body));
        }

        var issue = await mediator.Send(new GetIssue(stored.Head.IssueId!));
        return new ObjectResult(response.WithETag(issue, mapper)) { StatusCode = stored.Head.Status };
    }

    private IdempotencyKey KeyOf(ControllerContext context, string key, string subject)
    {
        var isRepeated = context.HttpContext.Request.Headers[IdempotencyHeaders.Key].Count > 1;
        if (isRepeated || key.Length > IdempotencyHeaders.MaxCharacters || key.AsSpan().ContainsAnyExcept(Visible))
        {
            throw FieldErrors.OfHeader(
                IdempotencyHeaders.Key, $"must be one key of 1 to {IdempotencyHeaders.MaxCharacters} visible ASCII characters");
        }

        return new IdempotencyKey
        {
            Caller = caller.Name ?? "",
            Operation = context.ActionDescriptor.AttributeRouteInfo!.Name!,
            Subject = subject,
            Name = key,
            Fingerprint = FingerprintOf(context.HttpContext),
        };
    }

    // The body's digest comes first, since its length is fixed.
    private static string FingerprintOf(HttpContext context)
    {
        var body = context.Features.GetRequiredFeature<BodyDigest>().Sha256;
        var query = Encoding.UTF8.GetBytes(context.Request.QueryString.Value?.TrimStart('?') ?? "");
        return Convert.ToHexStringLower(SHA256.HashData([.. body, .. query]));
    }
}

internal static class IdempotencySetup
{
    public static IServiceCollection AddIdempotency(this IServiceCollection services) => services
        .AddTransient<IdempotentRequests>()
        .AddSingleton<IResponseFormat, StoredResponse.Format>();
}
