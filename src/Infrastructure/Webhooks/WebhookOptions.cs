using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using OrderIssues.Application.Common.Configuration;
using OrderIssues.Application.Events;
using OrderIssues.Application.Webhooks;

namespace OrderIssues.Infrastructure.Webhooks;

/// <summary>Settings of the section <c>Webhooks</c> beside its endpoints.</summary>
internal sealed class WebhookOptions : IValidatableObject
{
    public const string Section = "Webhooks";

    /// <summary>Hosts, addresses and networks that may be reached though they aren't public, and by plain HTTP. Default: none.</summary>
    [TextOrList(',', ' ')]
    public IReadOnlyList<string> AllowedHosts { get; set; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        AllowedHosts.Where(host => !Webhooks.AllowedHosts.IsHost(host)).Select(host => new ValidationResult(
            $"{Webhooks.AllowedHosts.Key}: '{host}' is neither a host such as hooks.example.com nor a network such as 10.0.0.0/8."));
}

/// <summary>Endpoint, by default none.</summary>
internal sealed partial class WebhookEndpointOptions : IValidatableObject
{
    /// <summary>Name, 1 to 64 letters, digits, <c>-</c>, <c>_</c> and <c>.</c>. Required.</summary>
    public string? Name { get; set; }

    /// <summary>Address that events are posted to. Required.</summary>
    [HttpsAddress(AllowsHttp = true, ErrorMessage = "{0} must be an https address without a user.")]
    public Uri? Url { get; set; }

    /// <summary>Signing secrets (Standard Webhooks), the newest first, with spaces between. Required.</summary>
    public string? Secret { get; set; }

    /// <summary>Kinds of events. Default: all.</summary>
    [TextOrList(',', ' ')]
    public IReadOnlyList<string> Types { get; set; } = [];

    /// <summary>Set from <see cref="WebhookOptions"/>; not configurable.</summary>
    public AllowedHosts AllowedHosts { get; internal set; } = new([]);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var path = validationContext.DisplayName;
        if (Name is null || !NamePattern().IsMatch(Name))
        {
            yield return new($"{path}:{nameof(Name)} must be 1 to 64 letters, digits, '-', '_' and '.'.");
        }

        if ((Url is null ? "is missing." : AllowedHosts.ErrorIn(Url)) is { } error)
        {
            yield return new($"{path}:{nameof(Url)} {error}");
        }

        if (Secret is null || !SigningSecrets.TryParse(Secret, out _))
        {
            yield return new(
                $"{path}:{nameof(Secret)} must be whsec_ and base64 of {SigningSecrets.MinBytes} to {SigningSecrets.MaxBytes} random "
                + "bytes; a space separates several.");
        }

        if (Types.Except(EventTypes.Actions.Keys).Any())
        {
            yield return new($"{path}:{nameof(Types)} must be some of {string.Join(", ", EventTypes.Actions.Keys)}.");
        }
    }

    public WebhookEndpoint ToEndpoint() => new()
    {
        Name = Name!,
        Address = Url!.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped),
        Types = Types,
    };

    // One letter or digit at least: no path can name '.' or '..'.
    [GeneratedRegex(@"\A(?=.*[A-Za-z0-9])[A-Za-z0-9_.-]{1,64}\z")]
    private static partial Regex NamePattern();
}

internal sealed class WebhookEndpointList : List<WebhookEndpointOptions>, IValidatableObject
{
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        this.GroupBy(endpoint => endpoint.Name, StringComparer.OrdinalIgnoreCase).Where(named => named.Count() > 1)
            .Select(named => new ValidationResult($"{WebhookOptions.Section}: the name '{named.Key}' is there twice."));
}
