#include "records/raw_show.hpp"

#include <utility>

#include "records/missing_value.hpp"

namespace bingefriend {

void RawShow::clear() {
    for (Fields* const fields : {&outer_, &inner_}) {
        fields->text.fill({});
        fields->named.reset();
        fields->wrong_type.reset();
        fields->genres.clear();
        fields->too_many_genres = false;
    }
    owned_.clear();
}

void RawShow::set(const ShowPath& path, std::string_view text) {
    const bool is_genres = path.field == ShowField::genres;
    if (!path.group.empty() || is_genres) {
        const std::string_view value = present_value(text);
        const bool may_be_literal =
            value.starts_with('{') ||
            (is_genres && (value.starts_with('[') || value.starts_with('(') || value.starts_with("array(")));
        std::optional<Literal> literal = may_be_literal ? parse_literal(value) : std::nullopt;
        if (literal && (is_genres || literal->kind == Literal::Kind::table)) {
            set_literal(path, std::move(*literal));
            return;
        }
        if (is_genres && !value.empty()) {
            set_wrong_type(path);
            return;
        }
    }
    if (path.field) {
        const auto at = static_cast<std::size_t>(*path.field);
        Fields& of = fields(path);
        of.named.set(at);
        if (!text.empty()) {
            of.text[at] = text;
            of.wrong_type.reset(at);
        }
    }
}

void RawShow::set_wrong_type(const ShowPath& path) {
    if (path.field) {
        fields(path).wrong_type.set(static_cast<std::size_t>(*path.field));
        fields(path).named.set(static_cast<std::size_t>(*path.field));
    }
}

void RawShow::add_genre(const ShowPath& path, std::string_view genre) {
    Fields& of = fields(path);
    if (of.genres.size() == ShowLimits::genres) {
        of.too_many_genres = true;
    } else {
        of.genres.push_back(genre);
    }
}

void RawShow::set_literal(const ShowPath& path, Literal&& literal) {
    switch (literal.kind) {
        case Literal::Kind::missing:
            set(path, {});
            return;
        case Literal::Kind::text:
        case Literal::Kind::word:
            if (path.field) {
                set(ShowPath{path.field, {}, path.inner}, owned_.emplace_back(std::move(literal.text)));
            }
            return;
        case Literal::Kind::table:
            if (path.group.empty()) {
                set_wrong_type(path);
            }
            for (std::size_t i = 0; i < literal.keys.size() && !path.group.empty(); ++i) {
                if (const ShowPath member = path.member(literal.keys[i]); member.is_known()) {
                    set_literal(member, std::move(literal.items[i]));
                }
            }
            return;
        case Literal::Kind::too_long:
            fields(path).too_many_genres = path.field == ShowField::genres;
            return;
        case Literal::Kind::list:
            break;
    }
    if (path.field != ShowField::genres) {
        set_wrong_type(path);
        return;
    }
    for (Literal& item : literal.items) {
        if (item.kind == Literal::Kind::text) {
            add_genre(path, owned_.emplace_back(std::move(item.text)));
        } else if (item.kind != Literal::Kind::missing) {
            set_wrong_type(path);
        }
    }
}

}  // namespace bingefriend
