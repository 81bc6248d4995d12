using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using OrderIssues.Application;

namespace OrderIssues.WebApi.Security;

internal static partial class SecuritySetup
{
    /// <exception cref="StartupException">A configured value can't be used, or nobody may call.</exception>
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
            .AddTokens(options.Jwt);
        return services.AddScopes();
    }

    public static void LogAnonymousAccess(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<AuthOptions>>().Value.AllowAnonymous == true)
        {
            LogAnonymous(app.Logger);
        }
    }

    private static void AddTokens(this AuthenticationBuilder authentication, JwtOptions options)
    {
        if (options.Authority is { } authority)
        {
            authentication.AddJwtBearer(token =>
            {
                token.Authority = authority.ToString();
                token.Audience = options.Audience;
                token.RequireHttpsMetadata = authority.Scheme == Uri.UriSchemeHttps;
                token.MapInboundClaims = false;
                token.BackchannelTimeout = JwtAuthority.DiscoveryTimeout;
                token.TokenValidationParameters.NameClaimType = JwtRegisteredClaimNames.Sub;
            });
        }
    }

    private static IServiceCollection AddScopes(this IServiceCollection services)
    {
        var authorization = services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        foreach (var scope in Scopes.All)
        {
            authorization.AddPolicy(
                scope, policy => policy.RequireAuthenticatedUser().RequireAssertion(request => request.User.Permits(scope)));
        }

        return services;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Auth:AllowAnonymous: whoever reaches this port may read and change every issue")]
    private static partial void LogAnonymous(ILogger logger);
}
