#include "store/database_url.hpp"

#include <gtest/gtest.h>

#include <string>

#include "domain/error.hpp"

namespace bingefriend {
namespace {

TEST(DatabaseUrl, names_a_file_relative_or_absolute) {
    EXPECT_EQ(DatabaseUrl::parse("sqlite:///data/recommendations.db").path, "data/recommendations.db");
    EXPECT_EQ(DatabaseUrl::parse("sqlite:////var/lib/b.db").path, "/var/lib/b.db");
    EXPECT_EQ(DatabaseUrl::parse("sqlite:///a%20folder/%C3%A9.db").path, "a folder/é.db");
    EXPECT_EQ(DatabaseUrl::parse("sqlite:///100%.db").path, "100%.db") << "what is no escape stays";
}

TEST(DatabaseUrl, of_any_other_form_is_refused_without_telling_a_password) {
    for (const char* url :
         {"", "recommendations.db", "sqlite://", "sqlite:///", "sqlite:///:memory:", "sqlite:///a.db?x=1",
          "postgres://u:secret@h/db", "mysql://u:secret@h/db", "mysql+pymysql://u:secret@h:3306/db"}) {
        try {
            (void)DatabaseUrl::parse(url);
            ADD_FAILURE() << url;
        } catch (const Error& error) {
            EXPECT_EQ(error.kind(), ErrorKind::usage) << url;
            EXPECT_EQ(std::string(error.what()).find("secret"), std::string::npos) << error.what();
        }
    }
}

}  // namespace
}  // namespace bingefriend
