using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace OrderIssues.Application.Common.Configuration;

/// <summary>Binds options classes to sections of the configuration.</summary>
public static class SectionOptions
{
    /// <summary>Registers and returns the options of a section.</summary>
    /// <remarks><paramref name="complete"/> sets what depends on more than the section.</remarks>
    /// <exception cref="StartupException">A value can't be used.</exception>
    public static T AddSection<T>(
        this IServiceCollection services, IConfiguration configuration, string section, Action<T>? complete = null)
        where T : class, new()
    {
        // Registered first, so that a misspelt key is named also where the section can't be used without it.
        services.AddSingleton(new OptionsSection(section, typeof(T)));
        var options = Read(configuration, section, complete);
        services.AddSingleton(Options.Create(options));
        return options;
    }

    /// <summary>Binds and validates the options of a section.</summary>
    /// <exception cref="StartupException">A value can't be used.</exception>
    public static T Read<T>(IConfiguration configuration, string section, Action<T>? complete = null) where T : class, new()
    {
        var values = new ConfigurationBuilder().AddInMemoryCollection(new OptionsSection(section, typeof(T)).Values(configuration)).Build();
        var factory = new OptionsFactory<T>(
            [new ConfigureOptions<T>(options => values.GetSection(section).Bind(options))],
            [new PostConfigureOptions<T>(Options.DefaultName, complete)],
            [new SectionValidator<T>(values.GetSection(section))]);
        try
        {
            return factory.Create(Options.DefaultName);
        }
        catch (OptionsValidationException exception)
        {
            throw new StartupException(exception.Failures.First());
        }
    }
}
