using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using OrderIssues.Application;

namespace OrderIssues.WebApi.Security;

internal static partial class SecuritySetup
{
    /// <exception cref="StartupException">A configured value is invalid, or nobody is configured who may call.</exception>
    public static IServiceCollection AddSecurity(
        this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        var options = services.AddSection<AuthOptions>(configuration, AuthOptions.Section, options =>
        {
            options.AllowAnonymous ??= environment.IsDevelopment();
            options.Jwt.AllowsHttp = environment.IsDevelopment();
        });
        services.AddSingleton<ApiKeys>();
        services.AddSingleton<JwtAuthority>();
        services.AddHttpContextAccessor();
        services.AddSingleton<ICaller, HttpCaller>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, AuthorizationProblemHandler>();
        services.AddAuthentication(CredentialScheme.Name)
            .AddScheme<AuthenticationSchemeOptions, CredentialScheme>(CredentialScheme.Name, null)
            .AddJwt(options.Jwt);

        // Nothing is encrypted here, so that no key needs a folder.
        services.Remove(services.Single(service => service.ImplementationType?.Name == "DataProtectionHostedService"));
        return services.AddScopePolicies();
    }

    public static void LogAnonymousAccess(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<AuthOptions>>().Value.AllowAnonymous == true)
        {
            LogAnonymous(app.Logger);
        }
    }

    private static void AddJwt(this AuthenticationBuilder authentication, JwtOptions options)
    {
        if (options.Authority is { } authority)
        {
            authentication.AddJwtBearer(jwt =>
            {
                jwt.Authority = authority.ToString();
                jwt.Audience = options.Audience;
                jwt.RequireHttpsMetadata = authority.Scheme == Uri.UriSchemeHttps;
                jwt.MapInboundClaims = false;
                jwt.BackchannelTimeout = JwtAuthority.DiscoveryTimeout;
                jwt.TokenValidationParameters.ClockSkew = TimeSpan.FromMinutes(1);

                // Keys are fetched anew that often, and at once for a token by an unknown key, but no sooner than after the shorter time.
                jwt.AutomaticRefreshInterval = TimeSpan.FromMinutes(10);
                jwt.RefreshInterval = TimeSpan.FromSeconds(30);
                jwt.Events = new JwtBearerEvents { OnTokenValidated = context => TokenCaller.ReadAsync(context, options.ScopeClaims) };
            });

            // For an hour it would take tokens signed by the keys before the present ones.
            authentication.Services.PostConfigure<JwtBearerOptions>(
                JwtBearerDefaults.AuthenticationScheme,
                jwt => ((BaseConfigurationManager)jwt.ConfigurationManager!).UseLastKnownGoodConfiguration = false);
        }
    }

    private static IServiceCollection AddScopePolicies(this IServiceCollection services)
    {
        var authorization = services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        foreach (var scope in Scopes.All)
        {
            authorization.AddPolicy(
                scope, policy => policy.RequireAuthenticatedUser().RequireAssertion(context => context.User.HasScope(scope)));
        }

        return services;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Auth:AllowAnonymous: whoever reaches this port may read and change every issue")]
    private static partial void LogAnonymous(ILogger logger);
}
