using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;
using IPNetwork = System.Net.IPNetwork;

namespace OrderIssues.WebApi.Hosting;

internal sealed class ProxyOptions : IValidatableObject
{
    public const string Section = "ForwardedHeaders";

    /// <summary>Addresses or networks (<c>10.0.0.0/8</c>) of proxies whose <c>X-Forwarded-</c> headers count. Default: none.</summary>
    [TextOrList(',', ' ')]
    public IReadOnlyList<string> KnownProxies { get; set; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        from proxy in KnownProxies
        where !IPAddress.TryParse(proxy, out _) && !IPNetwork.TryParse(proxy, out _)
        select new ValidationResult(
            $"{Section}:{nameof(KnownProxies)}: '{proxy}' is neither an IP address nor a network such as 10.0.0.0/8.");
}

internal static partial class ReverseProxy
{
    private const string PathBase = "PathBase";

    /// <exception cref="StartupException">A prefix or a proxy isn't one.</exception>
    public static IServiceCollection AddReverseProxy(this IServiceCollection services, IConfiguration configuration)
    {
        if (!string.IsNullOrWhiteSpace(configuration[PathBase]) && !Prefix().IsMatch(configuration[PathBase]!))
        {
            throw new StartupException(
                $"{PathBase} must be a path such as /order-issues, of letters, digits, '-', '_' and '.', "
                + "and begin otherwise than the service's own paths.");
        }

        var proxies = services.AddSection<ProxyOptions>(configuration, ProxyOptions.Section).KnownProxies;
        return services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders = proxies.Count > 0 ? ForwardedHeaders.All : ForwardedHeaders.None;

            // As many proxies as are known, one behind the other.
            options.ForwardLimit = null;
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
            foreach (var proxy in proxies)
            {
                options.KnownIPNetworks.Add(IPNetwork.TryParse(proxy, out var network) ? network : NetworkOf(IPAddress.Parse(proxy)));
            }
        });
    }

    /// <summary>Takes the caller's address, scheme, host and prefix from known proxies, and removes the prefix from paths.</summary>
    public static void UseReverseProxy(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<ProxyOptions>>().Value.KnownProxies.Count > 0)
        {
            app.UseForwardedHeaders();
            app.Use((context, next) =>
            {
                // A client's own header, which a proxy passed on, could make links lead to another host.
                if (context.Request.PathBase.Value!.StartsWith("//", StringComparison.Ordinal))
                {
                    context.Request.PathBase = PathString.Empty;
                }

                return next(context);
            });
        }

        if (app.Configuration[PathBase] is { } configured && !string.IsNullOrWhiteSpace(configured))
        {
            var prefix = new PathString(configured);
            app.Use((context, next) =>
            {
                // Links have the prefix also where the proxy has removed it.
                context.Request.Path = context.Request.Path.StartsWithSegments(prefix, out var rest) ? rest : context.Request.Path;
                context.Request.PathBase = prefix;
                return next(context);
            });
        }
    }

    private static IPNetwork NetworkOf(IPAddress address) => new(address, address.GetAddressBytes().Length * 8);

    // Below /api nobody could tell whether a proxy has removed the prefix.
    [GeneratedRegex(@"\A(?!/(api|console|health|swagger)(/|\z))(/[A-Za-z0-9_-][A-Za-z0-9._-]*)+\z", RegexOptions.IgnoreCase)]
    private static partial Regex Prefix();
}
