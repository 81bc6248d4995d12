using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using OrderIssues.Application;
using OrderIssues.Application.Common.Idempotency;
using OrderIssues.Domain.Issues;
using OrderIssues.WebApi.Errors;
using OrderIssues.WebApi.Issues.Models;

namespace OrderIssues.WebApi.Idempotency;

/// <summary>Does what a request asks for only once, where the request has an <c>Idempotency-Key</c>.</summary>
public sealed class IdempotentRequests(IdempotentRunner runner, ICaller caller, IOptions<JsonOptions> json)
{
    private const int MaxCharacters = 255;
    private static readonly SearchValues<char> Visible = SearchValues.Create([.. Enumerable.Range('!', '~' - '!' + 1).Select(c => (char)c)]);

    /// <param name="context">The request. Its operation and its caller are part of the key.</param>
    /// <param name="key">What its header says. None, or an empty one, which some clients send for none: the work is done as often as it is asked for.</param>
    /// <param name="subject">What the work is done to, which is part of the key, too; empty for what is new.</param>
    /// <param name="work">The work. What it writes is written only once: under the id that it is given, where it is given one, or once for a reason of its own.</param>
    /// <returns>What the work gave, or gave when it was done.</returns>
    /// <exception cref="FailureException">The key isn't one, stands for something else or is in use, or the work failed.</exception>
    public async Task<ActionResult<IssueResponse>> RunAsync(
        ControllerContext context, string? key, string subject, Func<EntityId?, Task<ObjectResult>> work)
    {
        if (string.IsNullOrWhiteSpace(key))
        {
            return await work(null);
        }

        var run = await runner.RunAsync(
            KeyOf(context, key, subject),
            async id => StoredResponse.Pack(await work(id), context.HttpContext.Response.Headers.ETag, json.Value.JsonSerializerOptions));
        return StoredResponse.Unpack(run.Response, run.IsReplay);
    }

    private IdempotencyKey KeyOf(ControllerContext context, string key, string subject)
    {
        if (context.HttpContext.Request.Headers[IdempotencyHeaders.Key].Count > 1 || key.Length > MaxCharacters || key.AsSpan().ContainsAnyExcept(Visible))
        {
            throw ProblemException.OfHeader(IdempotencyHeaders.Key, $"must be one key of 1 to {MaxCharacters} visible ASCII characters");
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

    /// <summary>The digest of the body comes first, since that alone has always the same length.</summary>
    private static string FingerprintOf(HttpContext context)
    {
        var body = context.Features.GetRequiredFeature<BodyDigest>().Sha256;
        var query = Encoding.UTF8.GetBytes(context.Request.QueryString.Value?.TrimStart('?') ?? "");
        return Convert.ToHexStringLower(SHA256.HashData([.. body, .. query]));
    }
}
