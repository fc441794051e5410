#include "evaluation/logistic.hpp"

#include <algorithm>
#include <cmath>

namespace bingefriend {
namespace {

constexpr std::size_t size = part_count + 1;  // the parts, then the constant
using Vector = std::array<double, size>;
using Matrix6 = std::array<Vector, size>;

// The negative of what is maximised, with its derivatives.
struct Loss {
    double value = 0;
    Vector gradient{};
    Matrix6 hessian{};
};

class LogisticRegression {
  public:
    LogisticRegression(std::span<const TrainingPair> pairs, double penalty)
        : pairs_(pairs), penalty_(penalty), scale_(scale_of(pairs)) {}

    [[nodiscard]] Weights fit() const {
        constexpr std::size_t max_steps = 50;
        constexpr double tolerance = 1e-12;
        Vector at{};
        Loss loss = loss_at(at);
        for (std::size_t step = 0; step < max_steps; ++step) {
            const Vector target = minimum_near(at, loss);
            Vector next = target;
            Loss next_loss = loss_at(next);
            for (double share = 0.5; next_loss.value > loss.value && share > 1e-6; share /= 2) {
                for (std::size_t i = 0; i < size; ++i) {
                    next[i] = at[i] + share * (target[i] - at[i]);
                }
                next_loss = loss_at(next);
            }
            const double gain = loss.value - next_loss.value;
            if (gain <= tolerance) {
                break;
            }
            at = next;
            loss = next_loss;
        }
        Weights coefficients;
        for (std::size_t i = 0; i < part_count; ++i) {
            coefficients.values[i] = at[i] / scale_[i];
        }
        return coefficients;
    }

  private:
    // The standard deviation of each part; 1 if it is always the same.
    static Vector scale_of(std::span<const TrainingPair> pairs) {
        Vector mean{};
        Vector squares{};
        const auto n = static_cast<double>(pairs.size());
        for (const TrainingPair& pair : pairs) {
            for (std::size_t i = 0; i < part_count; ++i) {
                mean[i] += pair.parts.values[i] / n;
            }
        }
        for (const TrainingPair& pair : pairs) {
            for (std::size_t i = 0; i < part_count; ++i) {
                const double distance = pair.parts.values[i] - mean[i];
                squares[i] += distance * distance / n;
            }
        }
        Vector scale{};
        for (std::size_t i = 0; i < size; ++i) {
            scale[i] = squares[i] > 1e-12 ? std::sqrt(squares[i]) : 1;
        }
        return scale;
    }

    [[nodiscard]] Vector scaled(const TrainingPair& pair) const {
        Vector x{};
        for (std::size_t i = 0; i < part_count; ++i) {
            x[i] = pair.parts.values[i] / scale_[i];
        }
        x[part_count] = 1;
        return x;
    }

    [[nodiscard]] Loss loss_at(const Vector& at) const {
        Loss loss;
        for (const TrainingPair& pair : pairs_) {
            const Vector x = scaled(pair);
            double z = 0;
            for (std::size_t i = 0; i < size; ++i) {
                z += at[i] * x[i];
            }
            const double label = pair.liked_together ? 1 : 0;
            const double probability = 1 / (1 + std::exp(-z));
            loss.value += std::max(z, 0.0) + std::log1p(std::exp(-std::abs(z))) - label * z;
            for (std::size_t i = 0; i < size; ++i) {
                loss.gradient[i] += (probability - label) * x[i];
                for (std::size_t j = 0; j <= i; ++j) {
                    loss.hessian[i][j] += probability * (1 - probability) * x[i] * x[j];
                }
            }
        }
        const auto n = static_cast<double>(pairs_.size());
        loss.value /= n;
        for (std::size_t i = 0; i < size; ++i) {
            const double penalty = i < part_count ? penalty_ : 0;
            loss.value += penalty / 2 * at[i] * at[i];
            loss.gradient[i] = loss.gradient[i] / n + penalty * at[i];
            for (std::size_t j = 0; j <= i; ++j) {
                loss.hessian[i][j] /= n;
                loss.hessian[j][i] = loss.hessian[i][j];
            }
            loss.hessian[i][i] += penalty + 1e-12;
        }
        return loss;
    }

    // The minimum of the quadratic that agrees with the loss at `at`, among coefficients of at least 0; the
    // constant is free.
    static Vector minimum_near(const Vector& at, const Loss& loss) {
        Vector x = at;
        for (std::size_t pass = 0; pass < 10'000; ++pass) {
            double change = 0;
            for (std::size_t i = 0; i < size; ++i) {
                double slope = loss.gradient[i];
                for (std::size_t j = 0; j < size; ++j) {
                    slope += loss.hessian[i][j] * (x[j] - at[j]);
                }
                const double free = x[i] - slope / loss.hessian[i][i];
                const double next = i < part_count ? std::max(free, 0.0) : free;
                change = std::max(change, std::abs(next - x[i]));
                x[i] = next;
            }
            if (change < 1e-12) {
                break;
            }
        }
        return x;
    }

    std::span<const TrainingPair> pairs_;
    double penalty_;
    Vector scale_;
};

}  // namespace

Weights logistic_coefficients(std::span<const TrainingPair> pairs, double penalty) {
    return LogisticRegression(pairs, penalty).fit();
}

}  // namespace bingefriend
